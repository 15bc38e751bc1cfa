package io.bida.notify;

import io.bida.notify.DeliveryResult.Outcome;
import io.bida.time.MonotonicTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * One push under way: looks up the host, then tries its addresses in turn until one takes the connection; ends once,
 * with whatever comes first.
 *
 * <p>The status decides as soon as it has arrived, whatever becomes of the body: an endpoint that has said yes has the
 * message. Only a connection that was not made leads to the next address, so a push is sent at most once.
 */
final class PushTry implements FutureCallback<HttpAnswer> {

    /** Sends a push to one address. */
    @FunctionalInterface
    interface Exchange {

        /** Begins; tells the callback of the end. What it returns breaks off. */
        Future<?> begin(PushRequest request, InetAddress address, HttpAnswer answer, FutureCallback<HttpAnswer> end);
    }

    private final PushRequest request;
    private final AddressPolicy policy;
    private final Exchange exchange;
    private final MonotonicTime time;
    private final Executor results;

    private final long begun;
    private final CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final HttpAnswer answer = new HttpAnswer();

    /** Filled when the host is looked up; used by one thread after the other. */
    private final Queue<InetAddress> addresses = new ArrayDeque<>();

    /** Begun so far; the end of one may come before it is known here. */
    private final Queue<Future<?>> exchanges = new ConcurrentLinkedQueue<>();

    PushTry(PushRequest request, AddressPolicy policy, Exchange exchange, MonotonicTime time, Executor results) {
        this.request = request;
        this.policy = policy;
        this.exchange = exchange;
        this.time = time;
        this.results = results;
        this.begun = time.millis();
    }

    /** How it ended; completed on the executor for results. */
    CompletableFuture<DeliveryResult> result() {
        return result;
    }

    void begin(NameLookup names) {
        Optional<String> objection = policy.objectionTo(request.address());
        if (objection.isPresent()) {
            endWithout(Outcome.FORBIDDEN_ADDRESS, "the endpoint " + objection.get());
            return;
        }
        String host = AddressPolicy.host(request.address());
        CompletableFuture<?> unused = names.addressesOf(host).whenComplete(this::lookedUp);
    }

    private void lookedUp(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
        if (found == null) {
            endAs(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            return;
        }
        found.stream().filter(policy::allows).forEach(addresses::add);
        if (addresses.isEmpty()) {
            endWithout(Outcome.FORBIDDEN_ADDRESS, "the endpoint's name leads to an address that is not pushed to");
        } else {
            connect();
        }
    }

    /** Begins the exchange with the next address; there is one. */
    private void connect() {
        if (ended.get()) {
            return;
        }
        Future<?> begins;
        try {
            begins = exchange.begin(request, addresses.remove(), answer, this);
        } catch (RuntimeException e) {
            // The client refuses what it cannot even begin with by exceptions of many types.
            failed(e);
            return;
        }
        exchanges.add(begins);
        if (ended.get()) {
            stop(begins);
        }
    }

    @Override
    public void completed(HttpAnswer complete) {
        endAnswered();
    }

    @Override
    public void failed(Exception failure) {
        if (answer.status().isPresent()) {
            endAnswered();
        } else if (PushFailure.isBeforeConnection(failure) && !addresses.isEmpty()) {
            connect();
        } else {
            endAs(failure);
        }
    }

    @Override
    public void cancelled() {
        breakOff(Outcome.STOPPED, "the push was broken off");
    }

    /** Ends it now: by the status if that has arrived, otherwise so. */
    void breakOff(Outcome outcome, String reason) {
        if (answer.status().isPresent()) {
            endAnswered();
        } else {
            endWithout(outcome, reason);
        }
    }

    private void endAs(@Nullable Throwable failure) {
        endWithout(PushFailure.outcome(failure), PushFailure.reason(failure));
    }

    private void endAnswered() {
        end(DeliveryResult.answered(answer.status().orElseThrow(), answer.text(), latency()));
    }

    private void endWithout(Outcome outcome, String reason) {
        end(DeliveryResult.failed(outcome, reason, latency()));
    }

    private Duration latency() {
        return Duration.ofMillis(time.millis() - begun);
    }

    private void end(DeliveryResult how) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        answer.refuseRest();
        exchanges.forEach(PushTry::stop);
        try {
            results.execute(() -> result.complete(how));
        } catch (RejectedExecutionException e) {
            // The executor is full, or the node is stopping: whoever waits for the result goes on here.
            result.complete(how);
        }
    }

    /** Breaks off an exchange that goes on; one that is complete leaves its connection to the next push. */
    private static void stop(Future<?> exchange) {
        // The client closes the connection even when all that is left to do is to give it back.
        if (!exchange.isDone()) {
            exchange.cancel(true);
        }
    }
}
