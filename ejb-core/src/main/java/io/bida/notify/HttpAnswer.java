package io.bida.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers, read no further than it matters: the status, and the beginning of the body.
 *
 * <p>Written by one thread, that of the connection; may be looked at by any, also before it is complete.
 */
final class HttpAnswer implements AsyncResponseConsumer<HttpAnswer> {

    /** Most bytes of the body that are read: 4 KiB, our choice; with the next one the connection is cut. */
    private static final int MOST_READ = 4096;

    /** Most bytes of the body that are kept: 1 KiB, our choice; enough for a sentence about what went wrong. */
    private static final int MOST_KEPT = 1024;

    private static final int NONE = 0;

    // Guarded by this.
    private int status = NONE;
    private final ByteBuffer kept = ByteBuffer.allocate(MOST_KEPT);

    /** Set by whoever has no use for the rest of the body. */
    private volatile boolean refused;

    private int read;
    private @Nullable FutureCallback<HttpAnswer> complete;

    /** The status, as soon as it has arrived. */
    synchronized OptionalInt status() {
        return status == NONE ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The first 1 KiB of the body, as far as it has arrived. */
    synchronized String text() {
        return new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8);
    }

    /**
     * Lets the connection be cut with the next byte of the body. The client does not cut it when it is told to break
     * off an exchange whose answer is an error: its request counts as over then (5.6, {@code HttpAsyncMainClientExec}).
     */
    void refuseRest() {
        refused = true;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails body,
            HttpContext context,
            FutureCallback<HttpAnswer> whenComplete) {
        synchronized (this) {
            status = response.getCode();
        }
        if (body == null) {
            whenComplete.completed(this);
        } else {
            complete = whenComplete;
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // The answer is still to come.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(MOST_READ);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        read += bytes.remaining();
        if (refused || read > MOST_READ) {
            // The one way to say that the rest is not wanted: the connection is closed.
            throw new IOException("the rest of the answer is not wanted");
        }
        synchronized (this) {
            int wanted = Math.min(bytes.remaining(), kept.remaining());
            kept.put(bytes.slice().limit(wanted));
        }
        bytes.position(bytes.limit());
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (complete != null) {
            complete.completed(this);
        }
    }

    @Override
    public void failed(Exception cause) {
        // Who pushes is told by the exchange itself.
    }

    @Override
    public void releaseResources() {
        // There are none.
    }
}
