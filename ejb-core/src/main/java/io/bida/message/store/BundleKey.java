package io.bida.message.store;

import java.nio.ByteBuffer;

/**
 * The key of a bundle and of its delivery state, in both caches and on disk.
 *
 * <p>18 bytes, big endian, so that keys sort by queue, partition and bundle: queue id (8), partition (2), bundle number
 * (8). The first ten decide the segment ({@link PartitionKeyPartitioner}), so a partition is kept together.
 *
 * @param queueId see {@link io.bida.queue.Queue#id}
 * @param partition from 0, below 32768
 * @param bundle see {@link io.bida.message.lifecycle.BundleNumbers}
 */
public record BundleKey(long queueId, int partition, long bundle) {

    /** Length of a key, in bytes. */
    static final int LENGTH = 18;

    /** Length of the part that is common to a partition, in bytes. */
    static final int PARTITION_LENGTH = 10;

    /** Length of the part that is common to a queue, in bytes. */
    static final int QUEUE_LENGTH = 8;

    /** The key as stored. */
    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(queueId)
                .putShort((short) partition)
                .putLong(bundle)
                .array();
    }

    /** The key with these bytes. */
    static BundleKey of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new BundleKey(in.getLong(), in.getShort(), in.getLong());
    }
}
