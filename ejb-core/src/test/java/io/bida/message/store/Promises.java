package io.bida.message.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a {@link WriterToBeKilled} said, and whether a store keeps it. */
final class Promises {

    private final long queueId;
    private final Set<BundleKey> stored = new HashSet<>();
    private final Map<BundleKey, Long> deleting = new HashMap<>();
    private final Map<BundleKey, Long> deleted = new HashMap<>();

    /** Of the writer with this queue. */
    Promises(long queueId) {
        this.queueId = queueId;
    }

    /** Notes one line. */
    void note(String line) {
        String[] words = line.split(" ", -1);
        BundleKey key = new BundleKey(queueId, Integer.parseInt(words[1]), Long.parseLong(words[2]));
        switch (words[0]) {
            case "stored" -> stored.add(key);
            case "deleting" -> deleting.merge(key, Long.parseLong(words[3]), (a, b) -> a | b);
            case "deleted" -> deleted.merge(key, Long.parseLong(words[3]), (a, b) -> a | b);
            default -> throw new IllegalArgumentException(line);
        }
    }

    int acknowledgedBundles() {
        return stored.size();
    }

    int acknowledgedDeletes() {
        return deleted.size();
    }

    /** Fails unless everything acknowledged is there: no message lost, no delete undone. */
    void check(MessageStore store) {
        assertThat(lost(store)).isZero();
    }

    /** How many acknowledged bundles are missing; fails if a message is damaged or a delete undone. */
    int lost(MessageStore store) {
        Map<BundleKey, Long> alive = new HashMap<>();
        for (int partition = 0; partition < WriterToBeKilled.PARTITIONS; partition++) {
            store.scan(queueId, partition, 0, Long.MAX_VALUE, (key, bundle, deliveries) -> {
                for (int i = 0; i < bundle.entries(); i++) {
                    assertThat(bundle.body(i)).hasToString(WriterToBeKilled.body(key, bundle.slot(i)));
                }
                alive.put(key, bundle.slots() & (deliveries == null ? -1 : deliveries.alive()));
            });
        }
        int lost = 0;
        for (BundleKey key : stored) {
            long there = alive.getOrDefault(key, 0L);
            long mustBeThere = (1L << WriterToBeKilled.MESSAGES) - 1 & ~deleting.getOrDefault(key, 0L);
            if ((there & mustBeThere) != mustBeThere) {
                lost++;
            }
        }
        deleted.forEach((key, slots) -> assertThat(alive.getOrDefault(key, 0L) & slots)
                .as("deleted messages of %s that are back", key)
                .isZero());
        return lost;
    }
}
