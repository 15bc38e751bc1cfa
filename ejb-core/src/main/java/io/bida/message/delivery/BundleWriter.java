package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageId;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.SentMessage;
import io.bida.message.lifecycle.BundleNumbers;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Writes what is sent to a partition, with group commit: sends that arrive while bundles are being written form the
 * next bundles. Used within the queue's mailbox only.
 */
final class BundleWriter {

    /** After how long a write of unknown outcome is looked for, in milliseconds: 15000, our choice. */
    private static final long LOOK_AGAIN_MILLIS = 15_000;

    /** From when on a write is slow, in milliseconds: 200, our choice; a disk needs some 1 to 20. */
    private static final long SLOW_MILLIS = 200;

    private static final Logger LOG = Logger.getLogger(BundleWriter.class);

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final BundleNumbers numbers;
    private List<Outgoing> outgoing = new ArrayList<>();
    private int bundlesInFlight;
    private long writingSinceMillis;

    /** A writer whose bundles have higher numbers than {@code lastBundle}. */
    BundleWriter(LocalPartition partition, QueueSteps steps, long lastBundle) {
        this.partition = partition;
        this.steps = steps;
        this.numbers = new BundleNumbers(lastBundle);
    }

    /** Writes the message with the next bundles. */
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
        writingSinceMillis = steps.monotonicMillis();
        for (List<Outgoing> together : bundlesOf(waiting)) {
            write(together, nowMillis);
        }
        return true;
    }

    /** Fails what waits to be sent; what is being written is still acknowledged. */
    void refuseWaiting(ServiceException reason) {
        List<Outgoing> refused = outgoing;
        outgoing = new ArrayList<>();
        refused.forEach(message -> steps.refuse(message.answer(), reason));
    }

    /** Whether a bundle has been under way for long, as when its owners change. */
    boolean isSlow() {
        return bundlesInFlight > 0 && steps.monotonicMillis() - writingSinceMillis > SLOW_MILLIS;
    }

    /** Whether no bundle is being written. */
    boolean isIdle() {
        return bundlesInFlight == 0;
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
        Bundle bundle;
        try {
            bundle = Bundle.pack(
                    together.stream().map(Outgoing::message).toList(),
                    together.stream().mapToInt(Outgoing::delaySeconds).toArray(),
                    nowMillis,
                    together.get(0).retentionSeconds());
        } catch (RuntimeException e) {
            LOG.error("Messages cannot be made a bundle", e);
            ServiceUnavailableException reason = new ServiceUnavailableException("the message cannot be stored");
            together.forEach(refused -> steps.refuse(refused.answer(), reason));
            return;
        }
        BundleKey key = partition.key(numbers.next(nowMillis));
        partition.writes(key.bundle());
        bundlesInFlight++;
        steps.whenDone(() -> steps.store().putBundle(key, bundle), (done, failure) -> {
            bundlesInFlight--;
            if (failure != null) {
                together.forEach(lost -> steps.refuse(lost.answer(), failure));
                lookAgainLater(key.bundle());
                return;
            }
            // Asked now, because the news may be late. Who leads here still when the write is over has nothing to hand
            // over: owners refuse writes of an older topology, so the next leader had this one before its scan.
            if (partition.isElsewhere()) {
                handOver(key, together);
                return;
            }
            int accepted = 0;
            try {
                partition.expiry().note(key.bundle(), bundle.retentionSeconds());
                for (; accepted < together.size(); accepted++) {
                    accept(key, bundle, accepted, together.get(accepted));
                }
            } catch (RuntimeException e) {
                ServiceUnavailableException unknown = new ServiceUnavailableException("the queue is read again");
                together.subList(accepted, together.size()).forEach(lost -> steps.refuse(lost.answer(), unknown));
                partition.distrust(e);
            }
        });
    }

    private void accept(BundleKey key, Bundle bundle, int slot, Outgoing message) {
        long position = Position.of(key.bundle(), slot);
        int priority = bundle.priority(slot);
        if (message.isDelayed()) {
            partition.order().addDelayed(position, priority, bundle.visibleFromMillis(slot));
        } else {
            partition.order().addReady(position, priority);
        }
        acknowledge(position, message);
    }

    private void acknowledge(long position, Outgoing message) {
        Optional<ReceiptHandle> handle = message.isDelayed()
                ? Optional.of(steps.handle(new Claim(partition.index(), position, Deliveries.NEVER_RECEIVED)))
                : Optional.empty();
        MessageId id = new MessageId(steps.queueId(), partition.index(), position);
        SentMessage sent = new SentMessage(id, message.bodyMd5(), handle);
        steps.answer(() -> message.answer().complete(sent));
    }

    /**
     * The bundle is stored, but this node leads the partition no more, and the one that does may have read it or not:
     * it is acknowledged once that node knows it.
     */
    private void handOver(BundleKey key, List<Outgoing> together) {
        steps.whenDone(
                () -> steps.services().others().adopt(steps.queueId(), partition.index(), key.bundle()),
                (done, failure) -> {
                    if (failure != null) {
                        lookAgainLater(key.bundle()); // nobody may lead just now, and then this node again
                    }
                    for (int slot = 0; slot < together.size(); slot++) {
                        if (failure != null) {
                            steps.refuse(together.get(slot).answer(), failure);
                        } else {
                            acknowledge(Position.of(key.bundle(), slot), together.get(slot));
                        }
                    }
                });
    }

    /** A write of unknown outcome may be stored; then its messages are given out like others. */
    private void lookAgainLater(long bundle) {
        long at = steps.monotonicMillis() + LOOK_AGAIN_MILLIS;
        steps.services().waits().wakeAt(at, () -> steps.post(() -> partition.adopt(bundle, new CompletableFuture<>())));
    }
}
