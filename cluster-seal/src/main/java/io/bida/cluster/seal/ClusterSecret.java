package io.bida.cluster.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all nodes of a cluster share, as one process uses it: seals what this process says, opens what the
 * others have sealed for it, each thing once.
 *
 * <p>Sealed form, version 2: the version (1 byte), the sender's salt (16 bytes, random for each process), a number that
 * the sender never uses again (8 bytes, big-endian), and AES-256-GCM over the rest, with all before it and the
 * {@link SealedFor} as additional data. The key is HMAC-SHA256 of the salt under the secret, so it is another one for
 * each process, and the number, which is the nonce, never meets the same key twice: no limit on how much one secret may
 * seal. A new form gets a new version; a node then has to open both for the time of a rolling upgrade.
 *
 * <p>Safe for use by any thread.
 */
final class ClusterSecret {

    private static final int SECRET_BYTES = 32;
    private static final byte VERSION = 2;
    private static final int SALT_BYTES = 16;
    private static final int HEAD_BYTES = 1 + SALT_BYTES + Long.BYTES;
    private static final int TAG_BYTES = 16;
    /** By how many bytes the sealed form is longer than what is in it. */
    static final int OVERHEAD_BYTES = HEAD_BYTES + TAG_BYTES;

    /** The nonce of GCM; the number fills its last 8 bytes. */
    private static final int NONCE_BYTES = 12;
    /** More processes than a cluster has in the life of one of them; the longest unheard is forgotten. Our choice. */
    private static final int SENDERS = 256;

    private static final byte[] PURPOSE = {'B', 'i', 'd', 'a', ' ', 's', 'e', 'a', 'l', ' ', VERSION};
    private static final SecureRandom RANDOM = new SecureRandom();

    /** To look one up for every frame would cost as much as to seal a short one. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(() -> {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    });

    private final SecretKeySpec secret;
    private final Salt salt;
    private final SecretKey key;
    private final AtomicLong number = new AtomicLong();

    private final Map<Salt, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Salt, Sender> eldest) {
            return size() > SENDERS;
        }
    };

    /** Another process: its key, and what was opened of it. */
    private record Sender(SecretKey key, OpenedNumbers opened) {}

    /** Compared by content, which an array is not. */
    private record Salt(long first, long second) {

        static Salt random() {
            return new Salt(RANDOM.nextLong(), RANDOM.nextLong());
        }

        static Salt from(ByteBuffer bytes) {
            return new Salt(bytes.getLong(), bytes.getLong());
        }

        void writeTo(ByteBuffer bytes) {
            bytes.putLong(first).putLong(second);
        }
    }

    ClusterSecret(byte[] secret) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(secret.length + " bytes instead of " + SECRET_BYTES);
        }
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
        this.salt = Salt.random();
        this.key = keyOf(salt);
    }

    /** @throws IllegalStateException if the file is missing, unreadable or not 32 bytes; the text says what to do */
    static ClusterSecret read(Path file) {
        if (Files.notExists(file)) {
            throw new IllegalStateException("The cluster's secret " + file
                    + " is missing. Copy the directory secret/ of another node, or make one: ./bida cluster secret");
        }
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException("The cluster's secret " + file + " cannot be read: " + e, e);
        }
        if (content.length != SECRET_BYTES) {
            throw new IllegalStateException("The cluster's secret " + file + " has " + content.length
                    + " bytes instead of " + SECRET_BYTES + ": it is damaged. Copy it from another node.");
        }
        return new ClusterSecret(content);
    }

    /**
     * Seals what is between position and limit of the one buffer into the other, at its position; both positions are
     * moved. Both have an array.
     */
    void seal(SealedFor purpose, ByteBuffer plain, ByteBuffer sealed) {
        int start = sealed.position();
        sealed.put(VERSION);
        salt.writeTo(sealed);
        long mine = number.incrementAndGet();
        sealed.putLong(mine);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, mine);
            cipher.updateAAD(sealed.array(), sealed.arrayOffset() + start, HEAD_BYTES);
            cipher.updateAAD(purpose.bytes());
            cipher.doFinal(plain, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /**
     * Opens what is between position and limit of the one buffer into the other, at its position; both positions are
     * moved. Both have an array, and not the same one.
     *
     * @throws BrokenSealException if it is not sealed with this secret and for this purpose, was altered, or was opened
     *     before
     */
    void open(SealedFor purpose, ByteBuffer sealed, ByteBuffer plain) throws BrokenSealException {
        if (sealed.remaining() < OVERHEAD_BYTES) {
            throw new BrokenSealException("no seal");
        }
        ByteBuffer head = sealed.duplicate();
        byte version = head.get();
        if (version != VERSION) {
            throw new BrokenSealException("no seal, or one of another version than " + VERSION);
        }
        Salt from = Salt.from(head);
        long theirs = head.getLong();
        Optional<Sender> known = known(from);
        // A sender is remembered once something of it was opened: nobody without the secret fills the memory.
        Sender sender = known.orElseGet(() -> new Sender(keyOf(from), new OpenedNumbers()));
        decrypt(cipher(Cipher.DECRYPT_MODE, sender.key(), theirs), purpose, sealed, plain);
        if (known.isEmpty()) {
            sender = remember(from, sender);
        }
        if (!sender.opened().add(theirs)) {
            throw new BrokenSealException("opened before");
        }
    }

    private static void decrypt(Cipher cipher, SealedFor purpose, ByteBuffer sealed, ByteBuffer plain)
            throws BrokenSealException {
        try {
            cipher.updateAAD(sealed.array(), sealed.arrayOffset() + sealed.position(), HEAD_BYTES);
            cipher.updateAAD(purpose.bytes());
            sealed.position(sealed.position() + HEAD_BYTES);
            cipher.doFinal(sealed, plain);
        } catch (AEADBadTagException e) {
            throw new BrokenSealException("sealed with another secret, altered, or not " + purpose, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    private Optional<Sender> known(Salt from) {
        synchronized (senders) {
            return Optional.ofNullable(senders.get(from));
        }
    }

    private Sender remember(Salt from, Sender sender) {
        synchronized (senders) {
            Sender earlier = senders.putIfAbsent(from, sender);
            return earlier == null ? sender : earlier;
        }
    }

    private SecretKey keyOf(Salt of) {
        ByteBuffer bytes = ByteBuffer.allocate(SALT_BYTES);
        of.writeTo(bytes);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(PURPOSE);
            return new SecretKeySpec(mac.doFinal(bytes.array()), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, long number) {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putLong(NONCE_BYTES - Long.BYTES, number)
                .array();
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }
}
