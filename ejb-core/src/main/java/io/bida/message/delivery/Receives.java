package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageNotExistException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The receives of one queue that are not answered yet: each is given the best messages there are, or waits for one.
 *
 * <p>First come, first served. Used within the queue's mailbox only.
 */
final class Receives {

    private static final Logger LOG = Logger.getLogger(Receives.class);

    private final QueueSteps steps;
    private final List<LocalPartition> partitions;
    private final int allPartitions;
    private final Set<Receiving> waiting = new LinkedHashSet<>();
    private final TreeSet<Receiving> waitingByDeadline =
            new TreeSet<>(Comparator.comparingLong(Receiving::deadlineMillis).thenComparingLong(Receiving::number));
    private final Deque<Receiving> toServe = new ArrayDeque<>();
    private long count;

    /** Receives with a lower number wait no more. */
    private long endedBefore;

    private @Nullable ServiceException closed;

    /**
     * Receives from the partitions led here, which may become others, and from those of other nodes when these have
     * nothing.
     *
     * @param allPartitions how many the queue has on all nodes
     */
    Receives(QueueSteps steps, List<LocalPartition> partitions, int allPartitions) {
        this.steps = steps;
        this.partitions = partitions;
        this.allPartitions = allPartitions;
    }

    /** Takes in a new receive, to be served at the end of this run. */
    void add(Receiving receiving) {
        receiving.number(count++);
        toServe.add(receiving);
    }

    /** Serves a receive that got nothing once more at the end of this run. */
    void serveAgain(Receiving receiving) {
        toServe.add(receiving);
    }

    /** Refuses those that wait with one reason, and those that come from now on with the other. */
    void close(ServiceException reason, ServiceException toWaiting) {
        closed = reason;
        waiting.forEach(receiving -> receiving.refuse(toWaiting));
        waiting.clear();
        waitingByDeadline.clear();
    }

    /** Ends the wait of all that are here now, also of those that just ask other nodes. */
    void endWaits() {
        endedBefore = count;
        waiting.forEach(receiving -> receiving.refuse(new MessageNotExistException()));
        waiting.clear();
        waitingByDeadline.clear();
    }

    /** Whether somebody waits and other nodes have a part of the queue. */
    boolean wantsFromOthers() {
        return !waiting.isEmpty() && othersServe();
    }

    /** Other nodes may have something: whoever waits longest asks them. */
    void askOthersAgain() {
        if (wantsFromOthers()) {
            Receiving longest = waiting.iterator().next();
            waiting.remove(longest);
            waitingByDeadline.remove(longest);
            longest.mayAskOthers();
            toServe.add(longest);
        }
    }

    private boolean othersServe() {
        return steps.services().others().serve(steps.queueId(), allPartitions);
    }

    /** When the next wait ends, in milliseconds of the monotonic clock; {@link Long#MAX_VALUE} if none does. */
    long nextDeadline() {
        return waitingByDeadline.isEmpty() || isRecovering()
                ? Long.MAX_VALUE
                : waitingByDeadline.first().deadlineMillis();
    }

    /**
     * Gives messages to those who wait and to the newcomers, and ends the waits that are over.
     *
     * @param now in milliseconds since 1970, for the messages
     * @param monotonic in milliseconds of the monotonic clock, for the waits
     */
    void serve(long now, long monotonic) {
        for (Iterator<Receiving> each = waiting.iterator(); each.hasNext() && best() != null; ) {
            Receiving receiving = each.next();
            each.remove();
            waitingByDeadline.remove(receiving);
            if (isPresent(receiving)) {
                take(receiving, now);
            } else {
                receiving.refuse(new MessageNotExistException());
            }
        }
        while (!toServe.isEmpty()) {
            Receiving receiving = toServe.remove();
            if (closed == null && best() != null && take(receiving, now)) {
                continue;
            }
            waitOrRefuse(receiving, monotonic);
        }
        while (!waitingByDeadline.isEmpty()
                && waitingByDeadline.first().deadlineMillis() <= monotonic
                && !isRecovering()) {
            Receiving over = waitingByDeadline.first();
            waitingByDeadline.remove(over);
            waiting.remove(over);
            over.refuse(new MessageNotExistException());
        }
    }

    private void waitOrRefuse(Receiving receiving, long monotonic) {
        if (closed != null) {
            receiving.refuse(closed);
        } else if (receiving.asksOthers() && othersServe()) {
            askOthers(receiving, receiving.deadlineMillis() > monotonic);
        } else if (receiving.number() >= endedBefore
                && (receiving.deadlineMillis() > monotonic || (isRecovering() && receiving.waitsForRecovery()))) {
            receiving.waits();
            waiting.add(receiving);
            waitingByDeadline.add(receiving);
        } else {
            receiving.refuse(new MessageNotExistException());
        }
    }

    /** It neither waits nor is served meanwhile, so that nobody takes messages for it twice. */
    private void askOthers(Receiving receiving, boolean waits) {
        if (!isPresent(receiving)) {
            receiving.refuse(new MessageNotExistException());
            return;
        }
        receiving.hasAskedOthers();
        steps.whenDone(
                () -> steps.services()
                        .others()
                        .pull(
                                steps.queueId(),
                                allPartitions,
                                receiving.maxMessages(),
                                receiving.visibilityMillis(),
                                waits),
                (messages, failure) -> {
                    if (messages == null || messages.isEmpty()) {
                        toServe.add(receiving);
                    } else {
                        receiving.give(messages);
                        askOthersAgain();
                    }
                });
    }

    private boolean take(Receiving receiving, long now) {
        try {
            return takeBest(receiving, now);
        } catch (RuntimeException e) {
            receiving.abandon(new ServiceUnavailableException("the queue is read again"));
            throw e;
        }
    }

    private boolean takeBest(Receiving receiving, long now) {
        int taken = 0;
        while (taken < receiving.maxMessages()) {
            LocalPartition partition = best();
            if (partition == null) {
                break;
            }
            if (partition.takeBest(receiving, now)) {
                taken++;
            }
        }
        return taken > 0;
    }

    /** Asks code that is not ours, so its failure must not become the queue's. */
    private static boolean isPresent(Receiving receiving) {
        try {
            return receiving.isPresent();
        } catch (RuntimeException e) {
            LOG.error("Whether a receiver is still there cannot be told; it is answered as if it were gone", e);
            return false;
        }
    }

    private boolean isRecovering() {
        for (LocalPartition partition : partitions) {
            if (partition.isRecovering()) {
                return true;
            }
        }
        return false;
    }

    /** The partition with the best receivable message: by priority, then by age. */
    private @Nullable LocalPartition best() {
        LocalPartition best = null;
        for (LocalPartition partition : partitions) {
            if (partition.order().active() > 0 && (best == null || comesBefore(partition, best))) {
                best = partition;
            }
        }
        return best;
    }

    private static boolean comesBefore(LocalPartition a, LocalPartition b) {
        int priorities = Integer.compare(a.order().bestPriority(), b.order().bestPriority());
        return priorities != 0 ? priorities < 0 : a.order().best() < b.order().best();
    }
}
