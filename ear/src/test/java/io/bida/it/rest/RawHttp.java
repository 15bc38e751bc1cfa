package io.bida.it.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One HTTP/1.1 connection of which every byte sent is the test's own.
 *
 * <p>It adds nothing and repairs nothing, so requests may be wrong in any way, come in pieces, or several at once. Not
 * for use by several threads.
 */
public final class RawHttp implements AutoCloseable {

    /** How long a read waits for the next byte. Longer than the longest long poll (30 s). */
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(35);

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 32 << 10);
    }

    /** Opens a connection to host and port of this address. */
    public static RawHttp connect(URI endpoint) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_TIMEOUT_MILLIS);
            socket.setSoTimeout((int) DEFAULT_READ_TIMEOUT.toMillis());
            return new RawHttp(socket);
        } catch (IOException e) {
            closeAfter(e, socket);
            throw new UncheckedIOException(e);
        }
    }

    /** Limits how long a read waits for the next byte. */
    public RawHttp readTimeout(Duration timeout) {
        try {
            socket.setSoTimeout((int) timeout.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sends these bytes, no more and no less. */
    public RawHttp write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sends this text as UTF-8. */
    public RawHttp write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Says that nothing more will be sent, and goes on listening. */
    public RawHttp halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Breaks the connection with a reset, as a client that died does. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer, interim ones (1xx) included. */
    public RawResponse read() {
        return read("GET");
    }

    /** The next answer to a request with this method; an answer to HEAD has no body whatever its headers say. */
    public RawResponse read(String method) {
        try {
            String statusLine = readLine();
            List<Header> headers = readHeaders();
            return new RawResponse(statusLine, headers, readBody(method, statusLine, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer that is not an interim one. */
    public RawResponse readFinal() {
        RawResponse response = read();
        while (response.status() < 200) {
            response = read();
        }
        return response;
    }

    /** Whether the server ends the connection within this time; what it still sends meanwhile is thrown away. */
    public boolean isClosedWithin(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        try {
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                if (in.read() < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // A reset closes as well as an orderly end does.
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Header> readHeaders() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("Not a header line: " + line);
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] readBody(String method, String statusLine, List<Header> headers) throws IOException {
        int status = Integer.parseInt(statusLine.substring(9, 12));
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return new byte[0];
        }
        String coding = valueOf(headers, "Transfer-Encoding").toLowerCase(Locale.ROOT);
        if (coding.equals("chunked")) {
            return readChunks();
        }
        String length = valueOf(headers, "Content-Length");
        return length.isEmpty() ? in.readAllBytes() : readExactly(Integer.parseInt(length));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                readHeaders();
                return all.toByteArray();
            }
            all.writeBytes(readExactly(size));
            if (!readLine().isEmpty()) {
                throw new IOException("A chunk is longer than it says");
            }
        }
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended within the head, after: " + line);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String valueOf(List<Header> headers, String name) {
        return headers.stream()
                .filter(h -> h.isNamed(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static void closeAfter(IOException cause, Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
