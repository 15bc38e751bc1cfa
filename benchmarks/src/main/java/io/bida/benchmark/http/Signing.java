package io.bida.benchmark.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * What all signed requests of one thread have in common: the host, the key, the present date, and the string to sign.
 *
 * <p>The signed parts are chosen as the Java SDK chooses them: no Content-MD5, {@code x-mns-version} as the only header
 * of its kind. Belongs to one thread.
 */
public final class Signing {

    /** The content type of requests with a body. */
    public static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

    private static final String VERSION = "2015-06-06";
    private static final byte[] SIGNED_HEADERS = ascii("\nx-mns-version:" + VERSION + "\n");

    private final Signer signer;
    private final DateHeader date;
    private final byte[] headersWithType;
    private final byte[] headersWithoutType;
    private final byte[] headersUpToSignature;

    /**
     * Signs for one host.
     *
     * @param host the value of the Host header: name and port
     */
    public Signing(Signer signer, Clock clock, String host) {
        this.signer = signer;
        this.date = new DateHeader(clock);
        String start = " HTTP/1.1\r\nHost: " + host + "\r\nx-mns-version: " + VERSION + "\r\n";
        headersWithoutType = ascii(start + "Date: ");
        headersWithType = ascii(start + "Content-Type: " + CONTENT_TYPE + "\r\nDate: ");
        headersUpToSignature =
                ascii("\r\nAuthorization: MNS " + new String(signer.accessKeyId(), StandardCharsets.US_ASCII) + ":");
    }

    /** The string to sign up to the date, for a request with this method and with or without a body. */
    static byte[] stringToSignHead(String method, boolean withBody) {
        return ascii(method + "\n\n" + (withBody ? CONTENT_TYPE : "") + "\n");
    }

    /** What follows the request target, up to the value of the Date header. */
    byte[] headersUpToDate(boolean withBody) {
        return withBody ? headersWithType : headersWithoutType;
    }

    /** What follows the date, up to the signature. */
    byte[] headersUpToSignature() {
        return headersUpToSignature;
    }

    /** The present date. */
    DateHeader date() {
        return date;
    }

    /** The signature over this target at the second that {@link DateHeader#now} gave last. */
    byte[] sign(byte[] stringToSignHead, byte[] target) {
        return signer.sign(stringToSignHead, date.bytes(), SIGNED_HEADERS, target);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
