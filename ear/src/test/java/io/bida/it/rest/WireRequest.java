package io.bida.it.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request to be sent byte for byte as it is described here: nothing is added behind the test's back but the length of
 * a body that names none.
 *
 * <p>Immutable; each method gives a changed copy.
 */
public final class WireRequest {

    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final String method;
    private final String target;
    private final List<Header> headers;
    private final byte[] body;

    private WireRequest(String method, String target, List<Header> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** An unsigned request with the headers that every request needs: Host, Date and x-mns-version. */
    public static WireRequest of(String method, String target, String host, Instant date) {
        return new WireRequest(
                method,
                target,
                List.of(
                        new Header("Host", host),
                        new Header("Date", httpDate(date)),
                        new Header("x-mns-version", "2015-06-06")),
                new byte[0]);
    }

    /** A moment in the form of the Date header. */
    public static String httpDate(Instant moment) {
        return RFC_1123.format(moment);
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public List<Header> headers() {
        return headers;
    }

    /** With one more header line, even if there is one of that name. */
    public WireRequest header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new WireRequest(method, target, more, body);
    }

    /** With this header in place of all of that name. */
    public WireRequest replacing(String name, String value) {
        return without(name).header(name, value);
    }

    /** Without any header of that name. */
    public WireRequest without(String name) {
        return new WireRequest(
                method, target, headers.stream().filter(h -> !h.isNamed(name)).toList(), body);
    }

    /** With exactly these headers. */
    public WireRequest headers(List<Header> all) {
        return new WireRequest(method, target, all, body);
    }

    public WireRequest method(String other) {
        return new WireRequest(other, target, headers, body);
    }

    public WireRequest target(String other) {
        return new WireRequest(method, other, headers, body);
    }

    /** With this text as UTF-8 body, and the usual content type if none was named before. */
    public WireRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With these bytes as body, and the usual content type if none was named before. */
    public WireRequest body(byte[] bytes) {
        WireRequest typed = has("Content-Type") ? this : header("Content-Type", "text/xml;charset=utf-8");
        return typed.bareBody(bytes);
    }

    /** With these bytes as body and no other change. */
    public WireRequest bareBody(byte[] bytes) {
        return new WireRequest(method, target, headers, bytes.clone());
    }

    /** Signed as the SDKs do by default; anything changed afterwards is not covered. */
    public WireRequest signedV2(Credentials key) {
        return replacing("Authorization", Signer.authorizationV2(key, method, target, headers));
    }

    /** Signed as the newer SDKs do when asked to. */
    public WireRequest signedV4(Credentials key, String region, Instant time) {
        return replacing("Authorization", Signer.authorizationV4(key, method, target, headers, region, time));
    }

    public boolean has(String name) {
        return headers.stream().anyMatch(h -> h.isNamed(name));
    }

    /** Request line and headers with the empty line, without the body. */
    public byte[] head() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(
                h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        boolean mayHaveBody = method.equals("PUT") || method.equals("POST") || body.length > 0;
        if (mayHaveBody && !has("Content-Length") && !has("Transfer-Encoding")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    public byte[] bodyBytes() {
        return body.clone();
    }

    /** All of it. */
    public byte[] toBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head());
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
