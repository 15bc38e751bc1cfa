package io.bida.message.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an entry on disk is; the first byte of its key there.
 *
 * <p>Key on disk: kind (1), segment (2, big endian), then the cache's key. So a segment, a partition and a queue of one
 * kind are each one contiguous range. The bytes are part of the stored form: never change them.
 */
enum EntryKind {
    /** A {@link Bundle}. */
    BUNDLE((byte) 'b'),
    /** The {@link Deliveries} of a bundle. */
    DELIVERIES((byte) 'd');

    private static final int HEAD = 3;

    private final byte code;

    EntryKind(byte code) {
        this.code = code;
    }

    /** The key, or the beginning of keys, on disk. */
    byte[] onDisk(int segment, byte[] key) {
        return ByteBuffer.allocate(HEAD + key.length)
                .put(code)
                .putShort((short) segment)
                .put(key)
                .array();
    }

    /** What all keys of this kind on disk begin with. */
    byte[] all() {
        return new byte[] {code};
    }

    /** The cache's key within a key on disk. */
    static byte[] cacheKey(byte[] onDisk) {
        return Arrays.copyOfRange(onDisk, HEAD, onDisk.length);
    }
}
