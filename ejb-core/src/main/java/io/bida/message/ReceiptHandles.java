package io.bida.message;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes receipt handles and tells what a handle claims.
 *
 * <p>A handle is 33 bytes in URL-safe base64 (44 characters of {@code A-Za-z0-9-_}): version (1), partition (2),
 * position (8), nonce of the receive (4), a number of its own (6), and the first 12 bytes of an HMAC-SHA256 over the
 * queue's id and all before. So nobody can make or alter one, and one of another queue is no handle here. Until when it
 * is good is in the message's delivery state alone, because a change of visibility moves that for every handle of the
 * receive. Safe for use by any thread.
 */
public final class ReceiptHandles {

    private static final byte VERSION = 1;
    private static final int CLAIM = 21;
    private static final int MAC = 12;

    private final ThreadLocal<Mac> macs;

    /** Makes each handle another text (wire specification 7.8); begins anywhere, so also after a restart. */
    private final AtomicLong numbers = new AtomicLong(new SecureRandom().nextLong());

    /**
     * What an authentic handle says; whether it is still good is decided by the message's delivery state.
     *
     * @param partition the unit of order within the queue
     * @param position place within the partition
     * @param nonce tells the receive
     */
    public record Claim(int partition, long position, int nonce) {}

    /** Handles authenticated with this key, 32 random bytes that every node of a cluster shares. */
    public ReceiptHandles(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
        macs = ThreadLocal.withInitial(() -> mac(secret));
    }

    /** A handle for one receive of a message, different from all others. */
    public ReceiptHandle issue(long queueId, Claim claim) {
        long number = numbers.getAndIncrement();
        ByteBuffer out = ByteBuffer.allocate(CLAIM + MAC);
        out.put(VERSION)
                .putShort((short) claim.partition())
                .putLong(claim.position())
                .putInt(claim.nonce())
                .putShort((short) (number >>> 32))
                .putInt((int) number);
        out.put(authenticate(queueId, out.array()), 0, MAC);
        return new ReceiptHandle(Base64.getUrlEncoder().withoutPadding().encodeToString(out.array()));
    }

    /** What the text claims; empty if it was never a handle of this queue. */
    public Optional<Claim> read(long queueId, String text) {
        if (text.length() != 44) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != CLAIM + MAC || bytes[0] != VERSION) {
            return Optional.empty();
        }
        byte[] expected = Arrays.copyOf(authenticate(queueId, bytes), MAC);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, CLAIM, CLAIM + MAC))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, CLAIM - 1);
        return Optional.of(new Claim(in.getShort(), in.getLong(), in.getInt()));
    }

    /** The same; empty also if the queue has not that many partitions. */
    public Optional<Claim> read(long queueId, int partitions, String text) {
        return read(queueId, text).filter(claim -> claim.partition() >= 0 && claim.partition() < partitions);
    }

    private byte[] authenticate(long queueId, byte[] claim) {
        Mac mac = macs.get();
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(queueId).flip());
        mac.update(claim, 0, CLAIM);
        return mac.doFinal();
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
