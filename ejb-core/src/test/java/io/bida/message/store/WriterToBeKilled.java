package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.await;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;

/**
 * A process of its own that writes to a message store until it is killed, and says on its standard output what it is
 * about to delete and what was acknowledged.
 *
 * <p>Lines, numbers in decimal: {@code stored PARTITION BUNDLE}; {@code deleting PARTITION BUNDLE SLOTS} before and
 * {@code deleted PARTITION BUNDLE SLOTS} after a delete, slots one bit each. Arguments: directory, durability, id of
 * the queue.
 */
public final class WriterToBeKilled {

    /** Partitions, each written by a thread of its own. */
    static final int PARTITIONS = 4;

    /** Messages of a bundle. */
    static final int MESSAGES = 4;

    private final MessageStore store;
    private final long queueId;

    private WriterToBeKilled(MessageStore store, long queueId) {
        this.store = store;
        this.queueId = queueId;
    }

    /** Writes for ever. */
    public static void main(String[] arguments) {
        OpenStore open = new OpenStore(Path.of(arguments[0]), Durability.named(arguments[1]), 1 << 20);
        WriterToBeKilled writer = new WriterToBeKilled(open.store(), Long.parseLong(arguments[2]));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int own = partition;
            Executors.newSingleThreadExecutor().execute(() -> writer.writeForEver(own));
        }
    }

    /** What the message in this slot says. */
    static String body(BundleKey key, int slot) {
        return key + " " + slot + " " + "x".repeat((int) (key.bundle() * 37 % 2_000));
    }

    private void writeForEver(int partition) {
        for (long number = 1; ; number++) {
            BundleKey key = new BundleKey(queueId, partition, number);
            Bundle bundle = BundleTest.bundleOf(
                    aMessage(body(key, 0)), aMessage(body(key, 1)), aMessage(body(key, 2)), aMessage(body(key, 3)));
            await(store.putBundle(key, bundle));
            say("stored " + partition + " " + number);
            if (number > 5) {
                deleteFrom(new BundleKey(queueId, partition, number - 5));
            }
        }
    }

    private void deleteFrom(BundleKey key) {
        Bundle bundle = Objects.requireNonNull(await(store.getBundle(key)));
        Deliveries none = Deliveries.none(bundle);
        await(store.replaceDeliveries(key, none, received(none, 1, 7)));
        delete(key, 0b0011);
        await(store.replaceBundle(key, bundle, bundle.retain(0b1100)));
        if (key.bundle() % 3 == 0) {
            delete(key, 0b1100);
            await(store.removeBundle(key));
        }
    }

    private void delete(BundleKey key, int slots) {
        Deliveries before = Objects.requireNonNull(await(store.getDeliveries(key)));
        String what = " " + key.partition() + " " + key.bundle() + " " + slots;
        say("deleting" + what);
        int first = Integer.numberOfTrailingZeros(slots);
        if (!await(store.replaceDeliveries(key, before, deleted(before, first, first + 1)))) {
            throw new IllegalStateException("somebody else wrote" + what);
        }
        say("deleted" + what);
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.print(line + "\n");
            System.out.flush();
        }
    }
}
