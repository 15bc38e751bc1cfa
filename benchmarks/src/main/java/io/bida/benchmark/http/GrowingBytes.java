package io.bida.benchmark.http;

import java.util.Arrays;

/** Bytes that are appended to, kept, and cleared for the next use without being given back. Belongs to one thread. */
final class GrowingBytes {

    private byte[] bytes = new byte[2 * 1024];
    private int length;

    void clear() {
        length = 0;
    }

    void append(byte[] more) {
        append(more, 0, more.length);
    }

    void append(byte[] more, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    void appendNumber(int number) {
        append(Signing.ascii(Integer.toString(number)));
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
