package io.bida.account;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2-HMAC-SHA256 with a salt of its own, slow to compute on purpose.
 *
 * @param iterations rounds: 600000 for new hashes (OWASP password storage)
 * @param salt 16 random bytes, in base64
 * @param hash 32 bytes, in base64
 */
record PasswordHash(int iterations, String salt, String hash) {

    private static final int ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** First part of the text form: which function; another one gets another name. */
    private static final String FUNCTION = "pbkdf2-sha256";

    private static final SecureRandom RANDOM = new SecureRandom();

    static PasswordHash of(String password) {
        return of(password, ITERATIONS);
    }

    static PasswordHash of(String password, int iterations) {
        byte[] salt = random(SALT_BYTES);
        return new PasswordHash(iterations, base64(salt), base64(pbkdf2(password, salt, iterations)));
    }

    /** A hash that no password has, and that takes as long to check as any other. */
    static PasswordHash ofNobody() {
        return new PasswordHash(ITERATIONS, base64(random(SALT_BYTES)), base64(random(HASH_BYTES)));
    }

    /** Reads what {@link #text} wrote. */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(FUNCTION)) {
            throw new IllegalArgumentException("not a password hash of this service");
        }
        return new PasswordHash(Integer.parseInt(parts[1]), parts[2], parts[3]);
    }

    /** The form in the database. */
    String text() {
        return String.join("$", FUNCTION, Integer.toString(iterations), salt, hash);
    }

    /** Compares in a time that does not depend on how much is right. */
    boolean matches(String password) {
        Base64.Decoder base64 = Base64.getDecoder();
        return MessageDigest.isEqual(base64.decode(hash), pbkdf2(password, base64.decode(salt), iterations));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has PBKDF2 with HMAC-SHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "PasswordHash";
    }
}
