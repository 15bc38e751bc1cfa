package io.bida.benchmark.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the way version 2 of the MNS signature does, with one HMAC that is used again and again.
 *
 * <p>Source: MNS HTTP API 2015-06-06, common parameters and request signatures. Not safe for several threads.
 */
public final class Signer {

    /** The length of a signature in bytes: base64 of 20. */
    public static final int LENGTH = 28;

    private static final String ALGORITHM = "HmacSHA1";

    private final byte[] accessKeyId;
    private final Mac mac;

    public Signer(String accessKeyId, String accessKeySecret) {
        this.accessKeyId = accessKeyId.getBytes(StandardCharsets.UTF_8);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(accessKeySecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** The id of the key, as it stands in the {@code Authorization} header. */
    public byte[] accessKeyId() {
        return accessKeyId;
    }

    /** The signature of the string to sign that these parts are when put together, {@value #LENGTH} bytes of ASCII. */
    public byte[] sign(byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return Base64.getEncoder().encode(mac.doFinal());
    }
}
