package io.bida.sdk.adapter;

import io.bida.sdk.QueueClient;
import io.bida.sdk.QueueView;
import io.bida.sdk.RefusedException;
import io.bida.sdk.ServerUnderTest;
import io.bida.sdk.scenario.AllScenarios;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** All scenarios through one client of this version of the SDK; a subclass says how it connects. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class SdkIT implements AllScenarios {

    /** The server that the build started. */
    static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    /** More queues than a class creates, and as many as a list may have. */
    private static final int ALL_QUEUES = 1000;

    private final String namePrefix = "java-" + UUID.randomUUID().toString().substring(0, 8);
    private final QueueClient client;

    SdkIT(QueueClient client) {
        this.client = client;
    }

    @Override
    public QueueClient client() {
        return client;
    }

    @Override
    public String namePrefix() {
        return namePrefix;
    }

    /** An account may have a thousand queues; a server that is used for more than one run would run out of them. */
    @AfterAll
    void deleteTheQueues() throws RefusedException {
        for (QueueView queue :
                client.listQueues(namePrefix, Optional.empty(), ALL_QUEUES).queues()) {
            client.deleteQueue(queue.name());
        }
        client.close();
    }
}
