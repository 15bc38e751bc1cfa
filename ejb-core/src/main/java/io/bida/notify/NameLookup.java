package io.bida.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the name service for the addresses of hosts, on threads of its own: an answer may take seconds, and who asks
 * must not wait for it with a thread.
 *
 * <p>A host is asked for once at a time, however many want it, so a name server that does not answer holds one thread
 * for each of its names and no more. What was answered is remembered as long as Java does (30 s by default). Safe for
 * use by any thread.
 */
public final class NameLookup implements AutoCloseable {

    /** Asks the name service; may block for seconds. */
    @FunctionalInterface
    interface NameService {

        /** The service that the operating system knows. */
        NameService SYSTEM = host -> List.of(InetAddress.getAllByName(host));

        /**
         * At least one address.
         *
         * @throws UnknownHostException if there is none
         */
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    /** Most questions at a time: 16, our choice; each holds a thread. */
    private static final int MOST_QUESTIONS = 16;

    /** Most questions that wait for a thread: 1024, our choice; beyond it hosts count as unknown for the moment. */
    private static final int MOST_WAITING = 1024;

    private static final int IDLE_SECONDS = 30;

    private final NameService service;
    private final ThreadPoolExecutor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();

    /** A lookup at the operating system's name service. */
    public NameLookup(ThreadFactory factory) {
        this(NameService.SYSTEM, factory);
    }

    NameLookup(NameService service, ThreadFactory factory) {
        this.service = service;
        threads = new ThreadPoolExecutor(
                MOST_QUESTIONS,
                MOST_QUESTIONS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The addresses of a host, at least one; at once if it is written as an address. Fails with an
     * {@link UnknownHostException} if there is none, or too much is being asked. Not to be completed or cancelled by
     * the caller: others may wait for the same.
     */
    CompletableFuture<List<InetAddress>> addressesOf(String host) {
        Optional<InetAddress> literal = AddressPolicy.literal(host);
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(List.of(literal.get()));
        }
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> theirs = asked.putIfAbsent(host, mine);
        if (theirs != null) {
            return theirs;
        }
        try {
            threads.execute(() -> ask(host, mine));
        } catch (RejectedExecutionException e) {
            asked.remove(host, mine);
            mine.completeExceptionally(new UnknownHostException(host + ": too many names are being looked up"));
        }
        return mine;
    }

    private void ask(String host, CompletableFuture<List<InetAddress>> answer) {
        List<InetAddress> addresses;
        try {
            addresses = service.addressesOf(host);
        } catch (UnknownHostException | RuntimeException | Error e) {
            // First, so that who asks again after this answer gets a new one.
            asked.remove(host, answer);
            answer.completeExceptionally(e);
            return;
        }
        asked.remove(host, answer);
        answer.complete(addresses);
    }

    /** Asks nothing any more; questions that are under way may never be answered. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
