package io.bida.benchmark.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;

/**
 * A request that is sent over and over: rendered once, its date and signature written anew into their places when the
 * second changes.
 *
 * <p>Two equal requests of one second have the same signature, as those of the official SDKs do. Belongs to one thread.
 */
public final class Request {

    private final Signing signing;
    private final byte[] target;
    private final byte[] stringToSignHead;
    private final byte[] bytes;
    private final int dateFrom;
    private final int signatureFrom;
    private long renderedSecond = Long.MIN_VALUE;

    /**
     * A request with these parts.
     *
     * @param target path and query, exactly as they stand in the request line
     * @param body empty for a request without one
     */
    public Request(Signing signing, String method, String target, byte[] body) {
        this.signing = signing;
        this.target = Signing.ascii(target);
        this.stringToSignHead = Signing.stringToSignHead(method, body.length > 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 + body.length);
        out.writeBytes(Signing.ascii(method + " " + target));
        out.writeBytes(signing.headersUpToDate(body.length > 0));
        dateFrom = out.size();
        out.writeBytes(new byte[DateHeader.LENGTH]);
        out.writeBytes(signing.headersUpToSignature());
        signatureFrom = out.size();
        out.writeBytes(new byte[Signer.LENGTH]);
        out.writeBytes(Signing.ascii("\r\nContent-Length: " + body.length + "\r\n\r\n"));
        out.writeBytes(body);
        bytes = out.toByteArray();
    }

    /** The bytes of an unsigned POST to this address. */
    public static byte[] unsigned(URI uri, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + body.length);
        out.writeBytes(Signing.ascii("POST " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                + "\r\nContent-Type: " + Signing.CONTENT_TYPE + "\r\nContent-Length: " + body.length + "\r\n\r\n"));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** All its bytes, dated and signed for the present second; to be sent before this method is called again. */
    public byte[] bytes() {
        long second = signing.date().now();
        if (second != renderedSecond) {
            byte[] date = signing.date().bytes();
            byte[] signature = signing.sign(stringToSignHead, target);
            System.arraycopy(date, 0, bytes, dateFrom, date.length);
            System.arraycopy(signature, 0, bytes, signatureFrom, signature.length);
            renderedSecond = second;
        }
        return bytes;
    }
}
