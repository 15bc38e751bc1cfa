package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.MessageId;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.SentMessage;
import io.bida.message.lifecycle.BundleNumbers;
import io.bida.message.lifecycle.DeliveryOrder;
import io.bida.message.lifecycle.Position;
import io.bida.message.lifecycle.RetentionTimes;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.message.store.MessageStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A partition whose primary is this node: the only writer of its bundles, with group commit, and the keeper of its
 * {@link DeliveryOrder}.
 *
 * <p>Used within its queue's mailbox only. Sends that arrive while bundles are being written form the next bundles.
 * Acts on one bundle that arrive while its delivery state is being replaced are decided together by the next
 * replacement.
 */
final class LocalPartition {

    private static final int SCAN_STEP = 256;

    private final LocalQueue queue;
    private final int index;
    private final MessageStore store;
    private final DeliveryOrder order = new DeliveryOrder();
    private final RetentionTimes retention = new RetentionTimes();
    private final BundleNumbers numbers;
    private final Map<Long, Lane> lanes = new HashMap<>();

    /** Bundles with lower numbers were there before this node served the partition, and are read again. */
    private final long firstOwnBundle;

    private List<Lane> lanesToStart = new ArrayList<>();
    private List<Outgoing> outgoing = new ArrayList<>();
    private int bundlesInFlight;
    private boolean recovering = true;
    private List<Runnable> untilRecovered = new ArrayList<>();
    private long nextExpiryMillis = Long.MAX_VALUE;

    LocalPartition(LocalQueue queue, int index, MessageStore store, long nowMillis) {
        this.queue = queue;
        this.index = index;
        this.store = store;
        firstOwnBundle = Math.max(store.lastBundle(queue.id(), index) + 1, BundleNumbers.firstAt(nowMillis));
        numbers = new BundleNumbers(firstOwnBundle - 1);
    }

    /** The acts on one bundle that wait for their decision. */
    private static final class Lane {
        private final long bundle;
        private List<BundleAct> waiting = new ArrayList<>();
        private boolean running;

        private Lane(long bundle) {
            this.bundle = bundle;
        }
    }

    /** What a scan found of one bundle: its living messages. */
    private record Found(BundleKey key, int retentionSeconds, List<FoundMessage> messages) {}

    private record FoundMessage(long position, int priority, long dueMillis, boolean isDelayed) {}

    LocalQueue queue() {
        return queue;
    }

    int index() {
        return index;
    }

    DeliveryOrder order() {
        return order;
    }

    boolean isRecovering() {
        return recovering;
    }

    // ---- sending ----

    void send(Outgoing message) {
        outgoing.add(message);
    }

    /**
     * Writes what was sent since the last write began, unless that is still going on. Returns whether there was
     * anything: a quick store may have it already, and then it can be received.
     */
    boolean writeBundles(long nowMillis) {
        if (bundlesInFlight > 0 || outgoing.isEmpty()) {
            return false;
        }
        List<Outgoing> waiting = outgoing;
        outgoing = new ArrayList<>();
        for (List<Outgoing> together : bundlesOf(waiting)) {
            write(together, nowMillis);
        }
        return true;
    }

    private static List<List<Outgoing>> bundlesOf(List<Outgoing> messages) {
        List<List<Outgoing>> bundles = new ArrayList<>();
        List<Outgoing> immediate = new ArrayList<>();
        List<Outgoing> delayed = new ArrayList<>();
        int immediateBytes = 0;
        int delayedBytes = 0;
        for (Outgoing message : messages) {
            List<Outgoing> open = message.isDelayed() ? delayed : immediate;
            int bytes = message.isDelayed() ? delayedBytes : immediateBytes;
            int length = message.message().body().length();
            boolean full = open.size() == Bundle.MAX_MESSAGES || bytes + length > Bundle.MAX_BYTES;
            if (!open.isEmpty() && (full || !open.get(0).fits(message))) {
                bundles.add(open);
                open = new ArrayList<>();
                bytes = 0;
            }
            open.add(message);
            if (message.isDelayed()) {
                delayed = open;
                delayedBytes = bytes + length;
            } else {
                immediate = open;
                immediateBytes = bytes + length;
            }
        }
        if (!immediate.isEmpty()) {
            bundles.add(immediate);
        }
        if (!delayed.isEmpty()) {
            bundles.add(delayed);
        }
        return bundles;
    }

    private void write(List<Outgoing> together, long nowMillis) {
        Bundle bundle = Bundle.pack(
                together.stream().map(Outgoing::message).toList(),
                together.stream().mapToInt(Outgoing::delaySeconds).toArray(),
                nowMillis,
                together.get(0).retentionSeconds());
        BundleKey key = key(numbers.next(nowMillis));
        bundlesInFlight++;
        queue.whenDone(() -> store.putBundle(key, bundle), (done, failure) -> {
            bundlesInFlight--;
            if (failure == null) {
                noteRetention(key.bundle(), bundle.retentionSeconds());
            }
            for (int i = 0; i < together.size(); i++) {
                if (failure == null) {
                    accept(key, bundle, i, together.get(i));
                } else {
                    Outgoing lost = together.get(i);
                    queue.answer(() -> lost.answer().completeExceptionally(failure));
                }
            }
        });
    }

    private void accept(BundleKey key, Bundle bundle, int slot, Outgoing message) {
        long position = Position.of(key.bundle(), slot);
        int priority = bundle.priority(slot);
        Optional<ReceiptHandle> handle = Optional.empty();
        if (message.isDelayed()) {
            long visibleFrom = bundle.visibleFromMillis(slot);
            order.addDelayed(position, priority, visibleFrom);
            handle = Optional.of(queue.handle(new Claim(index, position, Deliveries.NEVER_RECEIVED), visibleFrom));
        } else {
            order.addReady(position, priority);
        }
        SentMessage sent = new SentMessage(new MessageId(queue.id(), index, position), message.bodyMd5(), handle);
        queue.answer(() -> message.answer().complete(sent));
    }

    // ---- acting on stored messages ----

    /** Takes the best receivable message for the receiver; returns whether there was one. */
    boolean takeBest(Receiving receiving, long nowMillis) {
        while (true) {
            long position = order.takeBest(nowMillis + receiving.visibilityMillis());
            if (position == Position.NONE) {
                return false;
            }
            if (retention.endsAtMillis(Position.bundle(position)) > nowMillis) {
                receiving.takes();
                act(Position.bundle(position), new TakeAct(this, position, receiving));
                return true;
            }
            order.removeHidden(position);
            forget(key(Position.bundle(position)));
        }
    }

    /** Does the act of somebody with a receipt handle, as soon as the bundle is known to this node. */
    void act(Claim claim, BundleAct act) {
        long bundle = Position.bundle(claim.position());
        if (recovering && bundle < firstOwnBundle) {
            untilRecovered.add(() -> act(bundle, act));
        } else {
            act(bundle, act);
        }
    }

    /** Does it now, or once the partition's stored messages are read again. */
    void onceRecovered(Runnable step) {
        if (recovering) {
            untilRecovered.add(step);
        } else {
            step.run();
        }
    }

    private void act(long bundle, BundleAct act) {
        Lane lane = lanes.computeIfAbsent(bundle, Lane::new);
        lane.waiting.add(act);
        if (!lane.running) {
            lane.running = true;
            lanesToStart.add(lane);
        }
    }

    /** Decides what was asked for since the last time. Returns whether there was anything. */
    boolean decideActs() {
        if (lanesToStart.isEmpty()) {
            return false;
        }
        List<Lane> starting = lanesToStart;
        lanesToStart = new ArrayList<>();
        starting.forEach(this::run);
        return true;
    }

    private void run(Lane lane) {
        List<BundleAct> acts = lane.waiting;
        lane.waiting = new ArrayList<>();
        load(lane, acts);
    }

    private void load(Lane lane, List<BundleAct> acts) {
        BundleKey key = key(lane.bundle);
        queue.whenDone(() -> store.getDeliveries(key), (deliveries, failure) -> {
            if (failure != null) {
                fail(lane, acts, failure);
            } else if (deliveries == null || acts.stream().anyMatch(BundleAct::needsBundle)) {
                queue.whenDone(() -> store.getBundle(key), (bundle, unread) -> {
                    if (unread != null) {
                        fail(lane, acts, unread);
                    } else {
                        decide(lane, acts, deliveries, bundle);
                    }
                });
            } else {
                decide(lane, acts, deliveries, null);
            }
        });
    }

    private void decide(Lane lane, List<BundleAct> acts, @Nullable Deliveries deliveries, @Nullable Bundle bundle) {
        Deliveries before =
                deliveries != null ? deliveries : bundle != null ? Deliveries.none(bundle) : Deliveries.gone();
        Deliveries.Change change = before.change();
        long now = queue.nowMillis();
        acts.forEach(act -> act.decide(change, bundle, now));
        if (!change.isChanged()) {
            finish(lane, acts);
            return;
        }
        Deliveries next = change.done();
        queue.whenDone(() -> store.replaceDeliveries(key(lane.bundle), before, next), (won, failure) -> {
            if (failure != null) {
                fail(lane, acts, failure);
            } else if (won) {
                finish(lane, acts);
                if (change.isEmpty()) {
                    forget(key(lane.bundle));
                }
            } else {
                load(lane, acts);
            }
        });
    }

    private void finish(Lane lane, List<BundleAct> acts) {
        acts.forEach(BundleAct::done);
        goOn(lane);
    }

    private void fail(Lane lane, List<BundleAct> acts, ServiceException reason) {
        acts.forEach(act -> act.failed(reason));
        goOn(lane);
    }

    private void goOn(Lane lane) {
        if (lane.waiting.isEmpty()) {
            lanes.remove(lane.bundle);
        } else {
            lanesToStart.add(lane);
        }
    }

    private void forget(BundleKey key) {
        queue.whenDone(() -> store.removeBundle(key), (done, failure) -> {
            // Failure: whatever reads it next finds all its messages deleted or over, and forgets it again.
        });
    }

    // ---- retention ----

    private void noteRetention(long bundle, int retentionSeconds) {
        retention.note(bundle, retentionSeconds);
        nextExpiryMillis = Math.min(nextExpiryMillis, retention.endsAtMillis(bundle));
    }

    /** Not before this time does a message's retention end, in milliseconds since 1970. */
    long nextExpiryMillis() {
        return nextExpiryMillis;
    }

    /** Removes the messages whose retention is over. */
    void expire(long nowMillis) {
        if (nowMillis < nextExpiryMillis) {
            return;
        }
        long[] expired = order.removeIf(p -> retention.endsAtMillis(Position.bundle(p)) <= nowMillis);
        long last = Position.NONE;
        for (long position : expired) {
            long bundle = Position.bundle(position);
            if (bundle != last) {
                forget(key(bundle));
                last = bundle;
            }
        }
        long oldest = order.oldest();
        // With periods of different length the oldest message need not end first; the shortest period is a safe bound.
        nextExpiryMillis = oldest == Position.NONE
                ? Long.MAX_VALUE
                : Math.max(
                        nowMillis + 1000,
                        BundleNumbers.madeAtMillis(Position.bundle(oldest)) + retention.shortestSeconds() * 1000L);
    }

    // ---- reading stored messages again ----

    /** Reads the stored messages again, on the executor, while the partition already accepts sends. */
    void recover(Executor executor) {
        executor.execute(() -> {
            List<Found> found = new ArrayList<>();
            try {
                store.scan(queue.id(), index, firstOwnBundle, (key, bundle, deliveries) -> {
                    found.add(found(key, bundle, deliveries));
                    if (found.size() == SCAN_STEP) {
                        List<Found> step = List.copyOf(found);
                        found.clear();
                        queue.post(() -> step.forEach(this::add));
                    }
                });
            } catch (RuntimeException e) {
                queue.failed("cannot read its stored messages", e);
                queue.post(this::endRecovery);
                return;
            }
            queue.post(() -> {
                found.forEach(this::add);
                endRecovery();
            });
        });
    }

    private void endRecovery() {
        recovering = false;
        List<Runnable> waiting = untilRecovered;
        untilRecovered = new ArrayList<>();
        waiting.forEach(Runnable::run);
    }

    private static Found found(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
        List<FoundMessage> messages = new ArrayList<>(bundle.entries());
        for (int i = 0; i < bundle.entries(); i++) {
            int slot = bundle.slot(i);
            if (deliveries != null && !deliveries.isAlive(slot)) {
                continue;
            }
            Delivery delivery = deliveries == null ? null : deliveries.delivery(slot);
            boolean delayed = delivery == null || delivery.dequeueCount() == 0;
            messages.add(new FoundMessage(
                    Position.of(key.bundle(), slot),
                    bundle.priority(i),
                    delivery == null ? bundle.visibleFromMillis(i) : delivery.nextVisibleAtMillis(),
                    delayed));
        }
        return new Found(key, bundle.retentionSeconds(), messages);
    }

    private void add(Found found) {
        long now = queue.nowMillis();
        long bundle = found.key().bundle();
        noteRetention(bundle, found.retentionSeconds());
        if (found.messages().isEmpty() || retention.endsAtMillis(bundle) <= now) {
            forget(found.key());
            return;
        }
        for (FoundMessage message : found.messages()) {
            if (message.dueMillis() <= now) {
                order.addReady(message.position(), message.priority());
            } else if (message.isDelayed()) {
                order.addDelayed(message.position(), message.priority(), message.dueMillis());
            } else {
                order.addInactive(message.position(), message.priority(), message.dueMillis());
            }
        }
    }

    BundleKey key(long bundle) {
        return new BundleKey(queue.id(), index, bundle);
    }

    /** Fails what waits to be sent. */
    void refuseOutgoing(ServiceException reason) {
        List<Outgoing> refused = outgoing;
        outgoing = new ArrayList<>();
        refused.forEach(message -> queue.answer(() -> message.answer().completeExceptionally(reason)));
    }
}
