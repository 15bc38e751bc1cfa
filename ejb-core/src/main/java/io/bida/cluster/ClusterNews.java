package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes that a row of the catalogue has changed, so that who creates a queue through one node can use
 * it through another at once.
 *
 * <p>Only a shortcut: what gets lost is found when the catalogue is compared with the database. Safe for use by any
 * thread; on a single node it does nothing.
 */
@ApplicationScoped
public class ClusterNews {

    private static final Logger LOG = Logger.getLogger(ClusterNews.class);

    private static final byte VERSION = 1;
    private static final int LENGTH = 10;

    /**
     * How long a change waits until the other nodes know: 2 s, our choice; one that hangs must not hold it up longer.
     */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** What has changed. */
    public enum Kind {
        /** A queue. */
        QUEUE(1),
        /** An access key. */
        ACCESS_KEY(2);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private final Map<Byte, LongConsumer> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable ClusterCalls calls;

    /**
     * Takes part from now on.
     *
     * @param executor reads what others changed; may wait for the database
     */
    public void connect(ClusterCalls connected, Executor executor) {
        connected.serve(Subject.CATALOGUE, (from, news) -> CompletableFuture.supplyAsync(() -> hear(news), executor));
        calls = connected;
    }

    /** Tells this listener the id of each row of that kind that another node has changed. */
    public void listen(Kind kind, LongConsumer listener) {
        listeners.put(kind.code, listener);
    }

    /** Tells the others, and returns when they know, or after two seconds. */
    public void tell(Kind kind, long id) {
        ClusterCalls connected = calls;
        if (connected == null) {
            return;
        }
        byte[] news = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(kind.code)
                .putLong(id)
                .array();
        List<CompletableFuture<?>> told = new ArrayList<>();
        for (ClusterNode node : connected.members()) {
            if (!node.equals(connected.self())) {
                told.add(connected
                        .call(node, Subject.CATALOGUE, news, LIMIT)
                        .exceptionally(failure -> {
                            LOG.infof("Node %s does not know yet that the catalogue changed: %s", node, failure);
                            return news;
                        })
                        .toCompletableFuture());
            }
        }
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
    }

    private byte[] hear(byte[] news) {
        ByteBuffer in = ByteBuffer.wrap(news);
        byte version = in.get();
        LongConsumer listener = listeners.get(in.get());
        if (version != VERSION || listener == null) {
            throw new IllegalArgumentException("news of a form that this release does not know");
        }
        listener.accept(in.getLong());
        return new byte[0];
    }
}
