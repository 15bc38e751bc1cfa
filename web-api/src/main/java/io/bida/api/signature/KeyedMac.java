package io.bida.api.signature;

import io.bida.account.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Computes signatures, remembering on each thread the key it worked with last.
 *
 * <p>Most requests of a thread come from few keys, so most find the key taken in already; for version 4 that saves four
 * of five HMACs. Lives as long as its thread and holds one key's state per version.
 */
final class KeyedMac {

    private static final ThreadLocal<KeyedMac> OF_THIS_THREAD = ThreadLocal.withInitial(KeyedMac::new);

    private final Mac sha1 = mac("HmacSHA1");
    private @Nullable AccessKey sha1Key;

    private final Mac sha256 = mac("HmacSHA256");
    private @Nullable AccessKey sha256Key;
    private String sha256Scope = "";

    private KeyedMac() {}

    /** The one to use on this thread, and on no other. */
    static KeyedMac get() {
        return OF_THIS_THREAD.get();
    }

    /** The signature of version 2: base64. */
    String version2(AccessKey key, String stringToSign) {
        if (!Objects.equals(sha1Key, key)) {
            sha1Key = null;
            init(sha1, key.secret());
            sha1Key = key;
        }
        return Base64.getEncoder().encodeToString(sha1.doFinal(bytes(stringToSign)));
    }

    /** The signature of version 4: lower-case hex. */
    String version4(AccessKey key, Authorization.Version4 authorization, String stringToSign) {
        String scope = authorization.scope();
        if (!Objects.equals(sha256Key, key) || !sha256Scope.equals(scope)) {
            sha256Key = null;
            init(sha256, signingKey(key, authorization));
            sha256Key = key;
            sha256Scope = scope;
        }
        return HexFormat.of().formatHex(sha256.doFinal(bytes(stringToSign)));
    }

    private byte[] signingKey(AccessKey key, Authorization.Version4 authorization) {
        byte[] prefix = bytes(authorization.dialect().secretPrefix());
        byte[] secret = key.secret();
        byte[] first = new byte[prefix.length + secret.length];
        System.arraycopy(prefix, 0, first, 0, prefix.length);
        System.arraycopy(secret, 0, first, prefix.length, secret.length);
        byte[] dated = hmac(first, authorization.date());
        byte[] regional = hmac(dated, authorization.region());
        return hmac(hmac(regional, "mns"), authorization.dialect().terminator());
    }

    private byte[] hmac(byte[] key, String text) {
        init(sha256, key);
        return sha256.doFinal(bytes(text));
    }

    // The characters of a string to sign stand for the bytes received, one each.
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void init(Mac mac, byte[] key) {
        try {
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("an HMAC takes any key", e);
        }
    }

    private static Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
