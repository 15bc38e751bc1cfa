package io.bida.drill.history;

import static java.util.stream.Collectors.groupingBy;

import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Count;
import io.bida.drill.history.History.Delete;
import io.bida.drill.history.History.Order;
import io.bida.drill.history.History.Poll;
import io.bida.drill.history.History.Reception;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.Violation.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The promises about a queue as a whole: its counts, its order, and that it wakes whoever waits. */
final class QueueChecks {

    /**
     * For how long a message may wait beside a poll that ends empty. Source: reliability notes 3.2, Q12: 1 s; the rest
     * is for a machine that also runs the clients.
     */
    static final Duration WAKES_WITHIN = Duration.ofMillis(1_500);

    private final History history;
    private final Map<String, List<Reception>> receptions;
    private final Map<String, List<Delete>> deletes;
    private final Map<String, List<Change>> changes;

    QueueChecks(History history) {
        this.history = history;
        this.receptions = history.receptions().stream()
                .sorted(Comparator.comparingLong(Reception::begin))
                .collect(groupingBy(Reception::payloadId));
        this.deletes = history.deletes().stream().collect(groupingBy(Delete::payloadId));
        this.changes = history.changes().stream().collect(groupingBy(Change::payloadId));
    }

    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        history.counts().forEach(c -> checkCount(c, violations));
        history.orders().forEach(o -> checkOrder(o, violations));
        checkPolls(violations);
        return violations;
    }

    private void checkCount(Count count, List<Violation> violations) {
        long least = 0;
        long most = 0;
        for (Send send : history.sends()) {
            if (send.outcome() == Outcome.FAIL || !send.queue().equals(count.queue()) || send.begin() > count.at()) {
                continue;
            }
            List<Delete> ofMessage = deletes.getOrDefault(send.payloadId(), List.of());
            boolean deleted = ofMessage.stream().anyMatch(d -> d.outcome() == Outcome.OK && d.end() < count.at());
            boolean maybeDeleted =
                    ofMessage.stream().anyMatch(d -> d.outcome() != Outcome.FAIL && d.begin() < count.at());
            // What the drain did not see is not there.
            boolean seen = !count.drained() || receptions.containsKey(send.payloadId());
            least += send.outcome() == Outcome.OK && !maybeDeleted && seen ? 1 : 0;
            most += !deleted && seen ? 1 : 0;
        }
        boolean negative = count.active() < 0 || count.inactive() < 0 || count.delayed() < 0;
        if (negative || count.total() < least || count.total() > most) {
            violations.add(new Violation(
                    Rule.MISCOUNTED,
                    "",
                    count.node() + " counts " + count.active() + " active, " + count.inactive() + " inactive and "
                            + count.delayed() + " delayed in " + count.queue() + "; there are " + least + " to "
                            + most));
        }
    }

    private static void checkOrder(Order order, List<Violation> violations) {
        long right = 0;
        long wrong = 0;
        List<Integer> priorities = order.priorities();
        for (int i = 0; i < priorities.size(); i++) {
            for (int j = i + 1; j < priorities.size(); j++) {
                int compared = Integer.compare(priorities.get(i), priorities.get(j));
                right += compared < 0 ? 1 : 0;
                wrong += compared > 0 ? 1 : 0;
            }
        }
        // With several partitions each has its order, and mixing them leaves most pairs as they are.
        if (order.strict() ? wrong > 0 : wrong > right) {
            violations.add(new Violation(
                    Rule.OUT_OF_ORDER, "", order.queue() + " handed out priorities in the order " + priorities));
        }
    }

    private void checkPolls(List<Violation> violations) {
        List<Poll> empty =
                history.polls().stream().filter(p -> p.outcome() == Outcome.OK).toList();
        Map<String, List<Poll>> unknown = history.polls().stream()
                .filter(p -> p.outcome() == Outcome.INFO)
                .collect(groupingBy(Poll::queue));
        long least = WAKES_WITHIN.toNanos();
        List<Poll> longOnes =
                empty.stream().filter(p -> p.end() - p.begin() > least).toList();
        if (longOnes.isEmpty()) {
            return;
        }
        for (Send send : history.sends()) {
            if (send.outcome() != Outcome.OK) {
                continue;
            }
            for (Waiting waiting : waits(send)) {
                for (Poll poll : longOnes) {
                    long from = Math.max(poll.begin(), waiting.from());
                    long to = Math.min(poll.end(), waiting.to());
                    if (poll.queue().equals(send.queue())
                            && to - from > least
                            && isUndisturbed(unknown.getOrDefault(poll.queue(), List.of()), from, to)) {
                        violations.add(new Violation(
                                Rule.NOT_WOKEN,
                                send.payloadId(),
                                "waited " + Duration.ofNanos(to - from).toMillis() + " ms beside a poll of "
                                        + poll.node() + " that ended empty"));
                    }
                }
            }
        }
    }

    /** When a message surely could have been received, before it was. What never came is lost, not late. */
    private record Waiting(long from, long to) {}

    private List<Waiting> waits(Send send) {
        List<Delete> ofMessage = deletes.getOrDefault(send.payloadId(), List.of());
        long gone = ofMessage.stream()
                .filter(d -> d.outcome() != Outcome.FAIL)
                .mapToLong(Delete::begin)
                .min()
                .orElse(Long.MAX_VALUE);
        List<Waiting> waits = new ArrayList<>();
        long from = send.end() + send.delay().toNanos();
        for (Reception reception : receptions.getOrDefault(send.payloadId(), List.of())) {
            waits.add(new Waiting(from, Math.min(gone, reception.begin())));
            Lease lease = Lease.of(
                    reception,
                    changes.getOrDefault(send.payloadId(), List.of()),
                    history.visibilityTimeout().toNanos());
            from = Math.max(from, lease.perhapsUntil());
        }
        return waits;
    }

    /** Neither a fault nor a receive of unknown outcome, which may have taken the message, is about. */
    private boolean isUndisturbed(List<Poll> unknown, long from, long to) {
        long visibility = history.visibilityTimeout().toNanos();
        return history.windows().stream().noneMatch(w -> w.touches(from - visibility, to))
                && unknown.stream().noneMatch(p -> p.begin() <= to && p.end() + 2 * visibility >= from);
    }
}
