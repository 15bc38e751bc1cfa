package io.bida.it.drill;

import io.bida.it.drill.History.Delete;
import io.bida.it.drill.History.Outage;
import io.bida.it.drill.History.Reception;
import io.bida.it.drill.History.Send;
import io.bida.it.drill.Violation.Rule;
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
 * Compares what the server promised with what it kept. Calls of unknown outcome may have had their effect or not, and
 * never count against it.
 *
 * <p>Not judged across an outage: a message in flight when the server died may come back early, and its dequeue count
 * may begin anew (design, section 3.2).
 */
final class HistoryChecker {

    /** How much earlier than promised is still in time. Source: reliability notes 3.2, Q7. */
    private static final Duration EARLY_TOLERANCE = Duration.ofMillis(50);

    private final History history;
    private final Map<String, Send> sends;
    private final Map<String, List<Reception>> receptions;
    private final Map<String, List<Delete>> deletes;
    private final List<Violation> violations = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
        this.sends = history.sends().stream().collect(Collectors.toMap(Send::payloadId, s -> s));
        this.receptions = history.receptions().stream()
                .sorted(Comparator.comparingLong(Reception::begin))
                .collect(Collectors.groupingBy(Reception::payloadId));
        this.deletes = history.deletes().stream().collect(Collectors.groupingBy(Delete::payloadId));
    }

    /** Every promise broken in this history; none if all were kept. */
    static List<Violation> check(History history) {
        HistoryChecker checker = new HistoryChecker(history);
        history.sends().forEach(checker::checkSend);
        checker.receptions.forEach(checker::checkReceptions);
        history.deletes().forEach(checker::checkHandle);
        checker.checkIds();
        return List.copyOf(checker.violations);
    }

    private void checkSend(Send send) {
        if (send.outcome() != Outcome.OK) {
            return;
        }
        List<Reception> received = receptions.getOrDefault(send.payloadId(), List.of());
        boolean maybeDeleted = deletes.getOrDefault(send.payloadId(), List.of()).stream()
                .anyMatch(d -> d.outcome() != Outcome.FAIL && d.begin() < history.drainBegin());
        if (received.isEmpty()) {
            report(Rule.LOST, send.payloadId(), "acknowledged and never received");
        } else if (!maybeDeleted && received.stream().noneMatch(r -> r.end() >= history.drainBegin())) {
            report(Rule.LOST_LATER, send.payloadId(), "received, not deleted, and gone in the drain");
        }
    }

    private void checkReceptions(String payloadId, List<Reception> received) {
        Send send = sends.get(payloadId);
        for (Reception reception : received) {
            if (payloadId.isEmpty() || !reception.digestRight()) {
                report(Rule.ALTERED, payloadId, "body or digest of " + reception.messageId() + " is not what was sent");
            } else if (send == null || send.outcome() == Outcome.FAIL) {
                report(Rule.PHANTOM, payloadId, "received, but never sent or refused");
            } else {
                checkSameMessage(send, reception);
                checkDelay(send, reception);
                checkNotDeletedBefore(reception);
            }
        }
        if (!payloadId.isEmpty()) {
            checkVisibility(received);
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
        long due = send.begin() + send.delay().minus(EARLY_TOLERANCE).toNanos();
        if (!send.delay().isZero() && reception.end() < due) {
            report(
                    Rule.EARLY,
                    send.payloadId(),
                    "received " + Duration.ofNanos(due - reception.end()) + " before its delay was over");
        }
    }

    private void checkNotDeletedBefore(Reception reception) {
        deletes.getOrDefault(reception.payloadId(), List.of()).stream()
                .filter(d -> d.outcome() == Outcome.OK && !d.altered() && d.end() < reception.begin())
                .findFirst()
                .ifPresent(d -> report(Rule.RESURRECTED, reception.payloadId(), resurrection(d, reception)));
    }

    private String resurrection(Delete delete, Reception reception) {
        String outages = history.outages().stream()
                .filter(o -> o.end() > delete.begin() && o.begin() < reception.end())
                .map(o -> "an outage that began "
                        + Duration.ofNanos(o.begin() - delete.end()).toMillis() + " ms after the delete")
                .collect(Collectors.joining(", "));
        return "received with dequeue count " + reception.dequeueCount() + ", "
                + Duration.ofNanos(reception.begin() - delete.end()).toMillis()
                + " ms after its delete was acknowledged; between: " + (outages.isEmpty() ? "no outage" : outages);
    }

    private void checkVisibility(List<Reception> received) {
        for (int i = 1; i < received.size(); i++) {
            Reception before = received.get(i - 1);
            Reception after = received.get(i);
            long visible = before.begin()
                    + history.visibilityTimeout().minus(EARLY_TOLERANCE).toNanos();
            if (after.end() < visible && !isDisturbed(before.begin(), after.end())) {
                report(
                        Rule.EARLY,
                        after.payloadId(),
                        "received again " + Duration.ofNanos(visible - after.end())
                                + " before its visibility timeout was over");
            }
        }
    }

    private void checkHandle(Delete delete) {
        long over = delete.receivedEnd()
                + history.visibilityTimeout().plus(EARLY_TOLERANCE).toNanos();
        if (delete.outcome() != Outcome.OK) {
            return;
        }
        if (delete.altered()) {
            report(Rule.STALE_HANDLE, delete.payloadId(), "an altered handle was accepted");
        } else if (delete.begin() > over) {
            report(
                    Rule.STALE_HANDLE,
                    delete.payloadId(),
                    "a handle was accepted " + Duration.ofNanos(delete.begin() - over) + " after its time");
        }
    }

    private void checkIds() {
        Map<String, String> payloadOf = new HashMap<>();
        Set<String> reported = new HashSet<>();
        for (Reception reception : history.receptions()) {
            if (reception.payloadId().isEmpty()) {
                continue;
            }
            String other = payloadOf.putIfAbsent(reception.messageId(), reception.payloadId());
            if (other != null && !other.equals(reception.payloadId()) && reported.add(reception.messageId())) {
                report(Rule.ALTERED, reception.payloadId(), reception.messageId() + " also names " + other);
            }
        }
    }

    private boolean isDisturbed(long from, long to) {
        for (Outage outage : history.outages()) {
            if (outage.begin() <= to && outage.end() >= from) {
                return true;
            }
        }
        return false;
    }

    private void report(Rule rule, String payloadId, String what) {
        violations.add(new Violation(rule, payloadId, what));
    }
}
