package io.bida.drill.history;

import static java.util.stream.Collectors.groupingBy;

import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Delete;
import io.bida.drill.history.History.Reception;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.History.Window;
import io.bida.drill.history.Violation.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what the server promised with what it kept, message by message. Calls of unknown outcome may have had their
 * effect or not, and never count against it.
 *
 * <p>Not judged but counted where a declared disturbance touches it: a message in flight may come back early, and its
 * handle may be forgotten (design, section 3.2). Where one has moved a clock, a delay may be too short by as much, and
 * a handle live longer by twice as much: forth and back (decision 0010). Everything else holds always.
 */
public final class HistoryChecker {

    /** How much earlier than promised is still in time. Source: reliability notes 3.2, Q7. */
    static final Duration TOLERANCE = Duration.ofMillis(50);

    private final History history;
    private final long visibility;
    private final Map<String, List<Send>> sends;
    private final Map<String, List<Reception>> receptions;
    private final Map<String, List<Delete>> deletes;
    private final Map<String, List<Change>> changes;
    private final List<Violation> violations = new ArrayList<>();
    private long doubledInWindows;
    private long handlesRefusedInWindows;
    private long offByClock;

    private HistoryChecker(History history) {
        this.history = history;
        this.visibility = history.visibilityTimeout().toNanos();
        this.sends = history.sends().stream().collect(groupingBy(Send::payloadId));
        this.receptions = history.receptions().stream()
                .sorted(Comparator.comparingLong(Reception::begin))
                .collect(groupingBy(Reception::payloadId));
        this.deletes = history.deletes().stream().collect(groupingBy(Delete::payloadId));
        this.changes = history.changes().stream().collect(groupingBy(Change::payloadId));
    }

    /** Every promise broken in this history. */
    public static Verdict check(History history) {
        HistoryChecker checker = new HistoryChecker(history);
        history.sends().forEach(checker::checkSend);
        checker.receptions.forEach(checker::checkReceptions);
        history.deletes().forEach(checker::checkDelete);
        checker.checkIds();
        checker.violations.addAll(new QueueChecks(history).check());
        return new Verdict(
                checker.violations, checker.doubledInWindows, checker.handlesRefusedInWindows, checker.offByClock);
    }

    private void checkSend(Send send) {
        if (sends.getOrDefault(send.payloadId(), List.of()).size() > 1) {
            throw new IllegalArgumentException("The drill sent " + send.payloadId() + " twice");
        }
        if (send.outcome() != Outcome.OK) {
            return;
        }
        List<Reception> received = receptions.getOrDefault(send.payloadId(), List.of());
        boolean maybeDeleted = deletes.getOrDefault(send.payloadId(), List.of()).stream()
                .anyMatch(d -> d.outcome() != Outcome.FAIL && d.begin() < history.drainBegin());
        if (received.isEmpty()) {
            report(Rule.LOST, send.payloadId(), "acknowledged by " + send.node() + " and never received");
        } else if (!maybeDeleted && received.stream().noneMatch(r -> r.end() >= history.drainBegin())) {
            report(Rule.LOST_LATER, send.payloadId(), "received, not deleted, and gone in the drain");
        }
    }

    private void checkReceptions(String payloadId, List<Reception> received) {
        List<Send> sent = sends.getOrDefault(payloadId, List.of());
        for (Reception reception : received) {
            if (payloadId.isEmpty() || !reception.digestRight()) {
                report(Rule.ALTERED, payloadId, "body or digest of " + reception.messageId() + " is not what was sent");
            } else if (sent.isEmpty() || sent.get(0).outcome() == Outcome.FAIL) {
                report(Rule.PHANTOM, payloadId, "received, but never sent or refused");
            } else {
                checkSameMessage(sent.get(0), reception);
                checkDelay(sent.get(0), reception);
                checkNotDeletedBefore(reception);
            }
        }
        if (!payloadId.isEmpty()) {
            checkLeases(payloadId, received);
        }
    }

    private void checkSameMessage(Send send, Reception reception) {
        if (send.outcome() == Outcome.OK && !send.messageId().equals(reception.messageId())) {
            report(
                    Rule.ALTERED,
                    send.payloadId(),
                    "sent as " + send.messageId() + " and received as " + reception.messageId());
        }
    }

    private void checkDelay(Send send, Reception reception) {
        long due = send.begin() + send.delay().minus(TOLERANCE).toNanos();
        long early = due - reception.end();
        if (send.delay().isZero() || early <= 0) {
            return;
        }
        if (early <= clockOff(send.begin(), reception.end())) {
            offByClock++;
        } else {
            report(Rule.EARLY, send.payloadId(), "received " + millis(early) + " before its delay was over");
        }
    }

    /** How far a clock was off at most in what touches this time. */
    private long clockOff(long from, long to) {
        return history.windows().stream()
                .filter(w -> w.touches(from, to))
                .mapToLong(w -> w.clockOff().toNanos())
                .max()
                .orElse(0);
    }

    private void checkNotDeletedBefore(Reception reception) {
        deletes.getOrDefault(reception.payloadId(), List.of()).stream()
                .filter(d -> d.outcome() == Outcome.OK && !d.altered() && d.end() < reception.begin())
                .findFirst()
                .ifPresent(d -> report(Rule.RESURRECTED, reception.payloadId(), resurrection(d, reception)));
    }

    private String resurrection(Delete delete, Reception reception) {
        String between = history.windows().stream()
                .filter(w -> w.touches(delete.begin(), reception.end()))
                .map(w -> w.fault() + " begun " + millis(w.begin() - delete.end()) + " after the delete")
                .collect(Collectors.joining(", "));
        return "received from " + reception.node() + " with dequeue count " + reception.dequeueCount() + ", "
                + millis(reception.begin() - delete.end()) + " after " + delete.node()
                + " had acknowledged its delete; between: " + (between.isEmpty() ? "no fault" : between);
    }

    /**
     * Only where both orders of the two receives are too close: of two calls that overlap, the one that began later may
     * have had its effect first.
     */
    private void checkLeases(String payloadId, List<Reception> received) {
        List<Change> changed = changes.getOrDefault(payloadId, List.of());
        for (int i = 1; i < received.size(); i++) {
            Lease before = Lease.of(received.get(i - 1), changed, visibility);
            Lease after = Lease.of(received.get(i), changed, visibility);
            long tolerance = TOLERANCE.toNanos();
            long lateEnough = before.surelyUntil() - tolerance;
            if (after.reception().end() >= lateEnough || before.reception().end() >= after.surelyUntil() - tolerance) {
                continue;
            }
            if (isDisturbed(before.reception().begin(), after.reception().end())) {
                doubledInWindows++;
            } else {
                report(
                        Rule.DOUBLED,
                        payloadId,
                        "received from " + after.reception().node() + " "
                                + millis(lateEnough - after.reception().end()) + " before the visibility timeout of "
                                + before.reception().node() + "'s receive was over");
            }
        }
    }

    private void checkDelete(Delete delete) {
        List<Reception> received = receptions.getOrDefault(delete.payloadId(), List.of());
        if (delete.altered()) {
            if (delete.outcome() == Outcome.OK) {
                report(Rule.STALE_HANDLE, delete.payloadId(), "an altered handle was accepted");
            }
            return;
        }
        List<Change> changed = changes.getOrDefault(delete.payloadId(), List.of());
        for (Reception reception : received) {
            if (reception.begin() == delete.receivedBegin()) {
                checkHandle(delete, Lease.of(reception, changed, visibility), received);
                return;
            }
        }
        throw new IllegalArgumentException("The drill deleted " + delete.payloadId() + " without having received it");
    }

    private void checkHandle(Delete delete, Lease lease, List<Reception> received) {
        long over = lease.perhapsUntil() + TOLERANCE.toNanos();
        long late = delete.begin() - over;
        if (delete.outcome() == Outcome.OK && late > 0) {
            if (late <= 2 * clockOff(delete.receivedBegin(), delete.begin())) {
                offByClock++;
            } else {
                report(
                        Rule.STALE_HANDLE,
                        delete.payloadId(),
                        "a handle was accepted " + millis(late) + " after its time");
            }
        }
        if (delete.outcome() != Outcome.FAIL || delete.end() > lease.surelyUntil() - TOLERANCE.toNanos()) {
            return;
        }
        boolean receivedAgain = received.stream()
                .anyMatch(r -> r.begin() != lease.reception().begin()
                        && r.end() > lease.reception().begin()
                        && r.begin() < delete.end());
        boolean maybeDeleted = deletes.getOrDefault(delete.payloadId(), List.of()).stream()
                .anyMatch(d -> d.outcome() != Outcome.FAIL && d.begin() < delete.end());
        if (receivedAgain || maybeDeleted) {
            return;
        }
        if (isDisturbed(lease.reception().begin(), delete.end())) {
            handlesRefusedInWindows++;
        } else {
            report(
                    Rule.HANDLE_REFUSED,
                    delete.payloadId(),
                    delete.node() + " refused a handle of " + lease.reception().node() + " "
                            + millis(lease.surelyUntil() - delete.end()) + " before its time was over");
        }
    }

    private void checkIds() {
        Map<String, String> payloadOf = new HashMap<>();
        Set<String> reported = new HashSet<>();
        for (Send send : history.sends()) {
            if (send.outcome() == Outcome.OK) {
                checkId(send.messageId(), send.payloadId(), payloadOf, reported);
            }
        }
        for (Reception reception : history.receptions()) {
            if (!reception.payloadId().isEmpty()) {
                checkId(reception.messageId(), reception.payloadId(), payloadOf, reported);
            }
        }
    }

    private void checkId(String messageId, String payloadId, Map<String, String> payloadOf, Set<String> reported) {
        String other = payloadOf.putIfAbsent(messageId, payloadId);
        if (other != null && !other.equals(payloadId) && reported.add(messageId)) {
            report(Rule.ALTERED, payloadId, messageId + " also names " + other);
        }
    }

    private boolean isDisturbed(long from, long to) {
        for (Window window : history.windows()) {
            if (window.touches(from, to)) {
                return true;
            }
        }
        return false;
    }

    private void report(Rule rule, String payloadId, String what) {
        violations.add(new Violation(rule, payloadId, what));
    }

    private static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + " ms";
    }
}
