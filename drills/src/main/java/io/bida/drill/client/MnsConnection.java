package io.bida.drill.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One HTTP/1.1 connection that signs what it sends and, unlike the platform's clients, never repeats a request behind
 * the caller's back. Connects anew after it was closed. Not for use by several threads.
 */
public final class MnsConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final URI endpoint;
    private final AccessKey key;
    private Optional<Socket> socket = Optional.empty();
    private InputStream in = InputStream.nullInputStream();

    public MnsConnection(URI endpoint, AccessKey key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /** An answer; header names are in lower case. */
    public record Response(int status, Map<String, String> headers, String text) {}

    /** Connects if it must; a {@link java.net.ConnectException} means that nothing was sent. */
    public void connect() throws IOException {
        if (socket.isEmpty()) {
            Socket opened = new Socket();
            try {
                opened.setTcpNoDelay(true);
                opened.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_MILLIS);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            in = new BufferedInputStream(opened.getInputStream());
            socket = Optional.of(opened);
        }
    }

    /** Sends a request and reads the answer; whatever goes wrong closes the connection. */
    public Response call(String method, String target, String body, Duration readTimeout) throws IOException {
        connect();
        Socket open = socket.orElseThrow();
        try {
            open.setSoTimeout(Math.toIntExact(readTimeout.toMillis()));
            open.getOutputStream().write(request(method, target, body.getBytes(UTF_8)));
            Response response = read(method);
            if (response.headers().getOrDefault("connection", "").equalsIgnoreCase("close")) {
                close();
            }
            return response;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        socket.ifPresent(s -> {
            try {
                s.close();
            } catch (IOException e) {
                // It is gone, which is all we want.
            }
        });
        socket = Optional.empty();
    }

    private byte[] request(String method, String target, byte[] body) {
        String type = body.length == 0 ? "" : "text/xml;charset=utf-8";
        String date = HTTP_DATE.format(Instant.now());
        String toSign = method + "\n\n" + type + "\n" + date + "\nx-mns-version:2015-06-06\n" + target;
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: ").append(endpoint.getAuthority()).append("\r\n");
        head.append("Date: ").append(date).append("\r\n");
        head.append("x-mns-version: 2015-06-06\r\n");
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        if (body.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Authorization: MNS ").append(key.id()).append(':').append(signature(toSign));
        head.append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.secret().getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA1", e);
        }
    }

    private Response read(String method) throws IOException {
        String[] statusLine = line().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
            throw new IOException("Not an answer of HTTP: " + String.join(" ", statusLine));
        }
        int status = Integer.parseInt(statusLine[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("Not a header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean bare = status == 204 || status == 304 || method.equals("HEAD");
        return new Response(status, headers, bare ? "" : new String(body(headers), UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended inside a body");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended inside a head");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
