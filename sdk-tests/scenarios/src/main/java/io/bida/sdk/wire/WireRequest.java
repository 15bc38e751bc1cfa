package io.bida.sdk.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bida.sdk.ServerUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One request as it goes over the wire; each change gives a new one.
 *
 * @param target the request target, exactly as written in the request line
 * @param headers in their order
 */
public record WireRequest(String method, String target, List<Header> headers, String body) {

    /** Milliseconds until an answer counts as lost; more than the longest poll of 30 s. */
    private static final int LOST_AFTER_MILLIS = 45_000;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    public WireRequest {
        headers = List.copyOf(headers);
    }

    /** A request without headers and body. */
    public static WireRequest of(String method, String target) {
        return new WireRequest(method, target, List.of(), "");
    }

    public WireRequest withTarget(String newTarget) {
        return new WireRequest(method, newTarget, headers, body);
    }

    public WireRequest withBody(String newBody) {
        return new WireRequest(method, target, headers, newBody);
    }

    /** The request with the header in its old place and case if it had it, otherwise at the end. */
    public WireRequest with(String name, String value) {
        if (find(name).isEmpty()) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new WireRequest(method, target, more, body);
        }
        List<Header> changed = headers.stream()
                .map(header -> header.is(name) ? new Header(header.name(), value) : header)
                .toList();
        return new WireRequest(method, target, changed, body);
    }

    public WireRequest without(String name) {
        List<Header> fewer = headers.stream().filter(header -> !header.is(name)).toList();
        return new WireRequest(method, target, fewer, body);
    }

    /** The value of a header, in whatever case it is named. */
    public Optional<String> find(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst();
    }

    /** The request as of now, signed with the server's key. Its content length, if it names one, is set right. */
    public WireRequest signedNowFor(ServerUnderTest server) {
        WireRequest dated = with("date", HTTP_DATE.format(Clock.systemUTC().instant()));
        WireRequest measured = dated.find("content-length").isPresent() || !body.isEmpty()
                ? dated.with("content-length", String.valueOf(body.getBytes(UTF_8).length))
                : dated;
        return measured.with("host", server.endpoint().getAuthority())
                .with(
                        "Authorization",
                        "MNS " + server.accessKeyId() + ":" + measured.signature(server.accessKeySecret()));
    }

    /** What a version 2 signature covers. Source: API 2015-06-06, signing requests. */
    public String stringToSign() {
        String mnsHeaders = headers.stream()
                .map(header -> new Header(header.name().toLowerCase(Locale.ROOT), header.value()))
                .filter(header -> header.name().startsWith("x-mns-"))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .map(header -> header.name() + ":" + header.value() + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                method,
                find("content-md5").orElse(""),
                find("content-type").orElse(""),
                find("date").orElse(""),
                mnsHeaders + target);
    }

    /** The version 2 signature of this request. */
    public String signature(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(stringToSign().getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HmacSHA1", impossible);
        }
    }

    /** Sends this request over a connection of its own. */
    public WireAnswer sendTo(ServerUnderTest server) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
            socket.setSoTimeout(LOST_AFTER_MILLIS);
            socket.getOutputStream().write(bytes());
            socket.getOutputStream().flush();
            return WireAnswer.readFrom(socket.getInputStream());
        }
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        append(bytes, method + " " + target + " HTTP/1.1\r\n", ISO_8859_1);
        headers.forEach(header -> append(bytes, header + "\r\n", ISO_8859_1));
        append(bytes, "\r\n", ISO_8859_1);
        append(bytes, body, UTF_8);
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, String text, Charset charset) {
        bytes.writeBytes(text.getBytes(charset));
    }
}
