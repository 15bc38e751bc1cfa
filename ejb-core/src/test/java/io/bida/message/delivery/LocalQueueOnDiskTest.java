package io.bida.message.delivery;

import io.bida.message.store.Durability;
import io.bida.message.store.OpenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Put together as in the server; all queues of the tests share one store. */
class LocalQueueOnDiskTest implements LocalQueueContract {

    @TempDir
    static Path directory;

    private static OpenStore open;

    @BeforeAll
    static void open() {
        open = new OpenStore(directory, Durability.MEMORY_COPIES, 1 << 20);
    }

    @AfterAll
    static void close() {
        open.close();
    }

    @Override
    public QueueUnderTest newQueue() {
        return newQueue(1);
    }

    @Override
    public QueueUnderTest newQueue(int partitions) {
        return new QueueUnderTest(open.store(), open.threads(), partitions);
    }
}
