package io.bida.message.store;

import java.nio.ByteBuffer;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.configuration.cache.HashConfiguration;
import org.infinispan.distribution.ch.KeyPartitioner;

/**
 * Puts all entries of a partition into one segment, so that they have the same owners and lie together on disk.
 *
 * <p>The segment is a hash of the key's first ten bytes (queue and partition). Part of the stored form: with another
 * rule nothing would be found again.
 */
public class PartitionKeyPartitioner implements KeyPartitioner {

    private int segments;

    /** For Infinispan, which then calls {@link #init(HashConfiguration)}. */
    public PartitionKeyPartitioner() {}

    PartitionKeyPartitioner(int segments) {
        this.segments = segments;
    }

    @Override
    public void init(HashConfiguration configuration) {
        segments = configuration.numSegments();
    }

    /**
     * The segment of a key.
     *
     * @param key a number is a segment already: Infinispan 16.0.5 asks so after a write that met new owners
     *     (EntryWrappingInterceptor.segmentAddedOwners), and to fail there would fail a write that was kept
     */
    @Override
    public int getSegment(Object key) {
        if (key instanceof Integer segment) {
            return segment;
        }
        byte[] bytes = key instanceof WrappedByteArray wrapped ? wrapped.getBytes() : (byte[]) key;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long mixed = (in.getLong() * 31 + in.getShort()) * 0x9E3779B97F4A7C15L;
        return (int) Math.floorMod(mixed ^ mixed >>> 32, (long) segments);
    }
}
