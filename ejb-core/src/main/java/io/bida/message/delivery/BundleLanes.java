package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.UnreadableBundleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings acts on stored messages to their effect: a lane for each bundle that is acted on, one compare-and-set at a
 * time in each.
 *
 * <p>Acts on one bundle that arrive while its delivery state is being replaced are decided together by the next
 * replacement. Used within the queue's mailbox only.
 */
final class BundleLanes {

    private static final Logger LOG = Logger.getLogger(BundleLanes.class);

    /** How often the acts of a lane are decided anew at once when somebody else was quicker: 3, our choice. */
    private static final int LOST_AT_ONCE = 3;

    /** Before they are given up: 12, our choice, some five seconds. Two leaders go on for a second or two at most. */
    private static final int MOST_LOST = 12;

    /** Pause after the first that is not repeated at once, in milliseconds: 10, our choice; doubled each time. */
    private static final long PAUSE_MILLIS = 10;

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private List<Lane> toStart = new ArrayList<>();

    /** Those that wait before they are decided anew, with what waits. */
    private final Map<Lane, List<BundleAct>> pausing = new HashMap<>();

    BundleLanes(LocalPartition partition, QueueSteps steps) {
        this.partition = partition;
        this.steps = steps;
    }

    /** The acts on one bundle that wait for their decision. */
    private static final class Lane {
        private final long bundle;
        private List<BundleAct> waiting = new ArrayList<>();
        private boolean running;

        /** How often somebody else was quicker since the acts under way were begun. */
        private int lost;

        private Lane(long bundle) {
            this.bundle = bundle;
        }
    }

    /** Does the act when those before it on the same bundle are done. */
    void act(long bundle, BundleAct act) {
        Lane lane = lanes.computeIfAbsent(bundle, Lane::new);
        lane.waiting.add(act);
        if (!lane.running) {
            lane.running = true;
            toStart.add(lane);
        }
    }

    /** Lets acts on the bundle wait until {@link #letGo}; returns false, and does nothing, if one is under way. */
    boolean hold(long bundle) {
        if (lanes.containsKey(bundle)) {
            return false;
        }
        Lane lane = new Lane(bundle);
        lane.running = true;
        lanes.put(bundle, lane);
        return true;
    }

    /** Goes on with the acts that waited for a bundle that was held. */
    void letGo(long bundle) {
        Lane lane = lanes.get(bundle);
        if (lane != null) {
            goOn(lane);
        }
    }

    /** Decides what was asked for since the last time. Returns whether there was anything. */
    boolean decideActs() {
        if (toStart.isEmpty()) {
            return false;
        }
        List<Lane> starting = toStart;
        toStart = new ArrayList<>();
        starting.forEach(this::run);
        return true;
    }

    private void run(Lane lane) {
        List<BundleAct> acts = lane.waiting;
        lane.waiting = new ArrayList<>();
        load(lane, acts);
    }

    private void load(Lane lane, List<BundleAct> acts) {
        BundleKey key = partition.key(lane.bundle);
        steps.whenDone(() -> steps.store().getDeliveries(key), (deliveries, failure) -> {
            if (failure != null) {
                fail(lane, acts, failure);
            } else if (deliveries == null || acts.stream().anyMatch(BundleAct::needsBundle)) {
                steps.whenDone(() -> steps.store().getBundle(key), (bundle, unread) -> {
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
        long now = steps.nowMillis();
        for (BundleAct act : acts) {
            try {
                act.decide(change, bundle, now);
            } catch (RuntimeException e) {
                failAlone(act, e);
                decide(lane, acts.stream().filter(other -> other != act).toList(), deliveries, bundle);
                return;
            }
        }
        if (!change.isChanged()) {
            finish(lane, acts);
            return;
        }
        BundleKey key = partition.key(lane.bundle);
        Deliveries next = change.done();
        steps.whenDone(() -> steps.store().replaceDeliveries(key, before, next), (won, failure) -> {
            if (failure != null) {
                fail(lane, acts, failure);
            } else if (won) {
                finish(lane, acts);
                tellLeader(lane.bundle);
                if (next.halvings() > before.halvings()) {
                    partition.sparse().note(lane.bundle);
                }
                if (change.isEmpty()) {
                    partition.forget(key);
                }
            } else {
                decideAnew(lane, acts);
            }
        });
    }

    /**
     * Somebody else was quicker, or what is read is not what the store compares with, which it puts right when its
     * owners have settled: without a pause the two would go on for ever at full speed.
     */
    private void decideAnew(Lane lane, List<BundleAct> acts) {
        lane.lost++;
        if (lane.lost <= LOST_AT_ONCE) {
            load(lane, acts);
        } else if (partition.closed() != null) {
            fail(lane, acts, partition.closed());
        } else if (lane.lost == MOST_LOST) {
            fail(lane, acts, new ServiceUnavailableException("another node changes the message"));
        } else {
            pausing.put(lane, acts);
            long pause = PAUSE_MILLIS << (lane.lost - LOST_AT_ONCE - 1);
            steps.services().waits().wakeAt(steps.monotonicMillis() + pause, () -> steps.post(() -> resume(lane)));
        }
    }

    private void resume(Lane lane) {
        List<BundleAct> acts = pausing.remove(lane);
        if (acts != null) {
            load(lane, acts);
        }
    }

    /** Fails the acts that wait before they are decided anew; nothing of them was done. */
    void refusePausing(ServiceException reason) {
        Map<Lane, List<BundleAct>> refused = Map.copyOf(pausing);
        pausing.clear();
        refused.forEach((lane, acts) -> fail(lane, acts, reason));
    }

    /**
     * The state that was stored is news for the node that leads the partition, if this one does not any more: that node
     * may have read the state of before, and count what is deleted or hide what shall be seen.
     */
    private void tellLeader(long bundle) {
        if (partition.isElsewhere()) {
            steps.services().others().changed(steps.queueId(), partition.index(), bundle);
        }
    }

    private void finish(Lane lane, List<BundleAct> acts) {
        for (BundleAct act : acts) {
            try {
                act.done();
            } catch (RuntimeException e) {
                failAlone(act, e);
                partition.distrust(e);
            }
        }
        goOn(lane);
    }

    private void fail(Lane lane, List<BundleAct> acts, ServiceException reason) {
        if (reason instanceof UnreadableBundleException unreadable) {
            partition.leaveOut(partition.key(lane.bundle), unreadable);
        }
        acts.forEach(act -> act.failed(reason));
        goOn(lane);
    }

    /** Answers the one act that threw; the others of its bundle go on without it. */
    private static void failAlone(BundleAct act, RuntimeException cause) {
        LOG.error("An act on a stored message failed", cause);
        act.failed(new ServiceUnavailableException("the message cannot be acted on"));
    }

    /** Whether acts on the bundle wait to be decided. */
    boolean isActedOn(long bundle) {
        Lane lane = lanes.get(bundle);
        return lane != null && !lane.waiting.isEmpty();
    }

    /** Whether no act waits for the store. */
    boolean isIdle() {
        return lanes.isEmpty();
    }

    private void goOn(Lane lane) {
        lane.lost = 0;
        if (lane.waiting.isEmpty()) {
            lanes.remove(lane.bundle);
        } else {
            toStart.add(lane);
        }
    }
}
