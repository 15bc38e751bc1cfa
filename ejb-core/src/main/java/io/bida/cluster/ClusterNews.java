package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import io.bida.error.ServiceUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes that a row of the catalogue has changed, so that who creates a queue through one node can use
 * it through another at once.
 *
 * <p>Who does not hear it is told again until it does or leaves: a node that does not know that a queue was deleted
 * acknowledges messages that nobody will get. Safe for use by any thread; on a single node it does nothing.
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

    /** Pause before a node that did not hear it is told again, in milliseconds: 500, our choice. */
    private static final long PAUSE_MILLIS = 500;

    /** What has changed. */
    public enum Kind {
        /** A queue. */
        QUEUE(1),
        /** An access key. */
        ACCESS_KEY(2),
        /** A topic. */
        TOPIC(3),
        /** A subscription. */
        SUBSCRIPTION(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private final List<Runnable> readings = new CopyOnWriteArrayList<>();
    private final Map<Byte, LongConsumer> listeners = new ConcurrentHashMap<>();
    private volatile @Nullable Connection connection;

    /** @param later goes on after the pause */
    private record Connection(ClusterCalls calls, Executor later) {}

    /**
     * Takes part from now on.
     *
     * @param executor reads what others changed; may wait for the database
     */
    public void connect(ClusterCalls connected, Executor executor) {
        connected.serve(Subject.CATALOGUE, (from, news) -> CompletableFuture.supplyAsync(() -> hear(news), executor));
        connection = new Connection(
                connected, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, executor));
        for (Runnable reading : readings) {
            try {
                reading.run();
            } catch (ServiceUnavailableException e) {
                LOG.warn("What other nodes changed while this one was starting is read when the database answers");
            }
        }
    }

    /** Tells this listener the id of each row of that kind that another node has changed. */
    public void listen(Kind kind, LongConsumer listener) {
        listeners.put(kind.code, listener);
    }

    /** Runs this as soon as this node takes part: what the others changed before, nobody told it. */
    public void whenConnected(Runnable reading) {
        readings.add(reading);
    }

    /**
     * Tells the others, and returns when they know, or after two seconds; then it goes on to tell those who do not.
     *
     * @return whether all know now
     */
    public boolean tell(Kind kind, long id) {
        Connection connected = connection;
        if (connected == null) {
            return true;
        }
        AtomicBoolean allKnow = new AtomicBoolean(true);
        byte[] news = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(kind.code)
                .putLong(id)
                .array();
        List<CompletableFuture<?>> told = new ArrayList<>();
        for (ClusterNode node : connected.calls().members()) {
            if (!node.equals(connected.calls().self())) {
                told.add(connected
                        .calls()
                        .call(node, Subject.CATALOGUE, news, LIMIT)
                        .exceptionally(failure -> {
                            LOG.infof("Node %s does not know yet that the catalogue changed: %s", node, failure);
                            allKnow.set(false);
                            tellAgain(connected, node, news);
                            return news;
                        })
                        .toCompletableFuture());
            }
        }
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
        return allKnow.get();
    }

    /** A node that leaves needs no telling: when it comes back, it reads everything. */
    private static void tellAgain(Connection connected, ClusterNode node, byte[] news) {
        connected.later().execute(() -> {
            if (connected.calls().members().contains(node)) {
                connected.calls().call(node, Subject.CATALOGUE, news, LIMIT).whenComplete((heard, failure) -> {
                    if (failure != null) {
                        LOG.debugf("Node %s still does not know that the catalogue changed: %s", node, failure);
                        tellAgain(connected, node, news);
                    }
                });
            }
        });
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
