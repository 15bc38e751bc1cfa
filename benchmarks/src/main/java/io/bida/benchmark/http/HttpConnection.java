package io.bida.benchmark.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection that writes a whole request at once and waits for its answer.
 *
 * <p>Opened by the first exchange, and again by the next one after a failure or after the server has said that it
 * closes.
 */
public final class HttpConnection implements Closeable {

    /** How long a connect or an answer may take before it counts as failed. Own choice: a 30 s long poll, and 10 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final InetSocketAddress address;
    private final Answer answer = new Answer();
    private @Nullable Socket socket;
    private long opened;

    public HttpConnection(InetSocketAddress address) {
        this.address = address;
    }

    /**
     * Sends the first {@code length} bytes of the request and gives the answer, which is valid until the next exchange.
     *
     * @throws IOException if the connection failed; nothing is known then about what the server did
     */
    public Answer exchange(byte[] request, int length) throws IOException {
        try {
            Socket open = open();
            open.getOutputStream().write(request, 0, length);
            answer.read(open.getInputStream());
        } catch (IOException e) {
            close();
            throw e;
        }
        if (answer.lastOfConnection()) {
            close();
        }
        return answer;
    }

    /** How often it was opened since it was made; anything beyond 1 is a broken keep-alive. */
    public long opened() {
        return opened;
    }

    private Socket open() throws IOException {
        if (socket != null) {
            return socket;
        }
        Socket fresh = new Socket();
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout((int) PATIENCE.toMillis());
        fresh.connect(address, (int) PATIENCE.toMillis());
        opened++;
        answer.reset();
        socket = fresh;
        return fresh;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
