package io.bida.it.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.drill.History.Delete;
import io.bida.it.drill.History.Outage;
import io.bida.it.drill.History.Reception;
import io.bida.it.drill.History.Send;
import io.bida.it.drill.Violation.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker flags each kind of broken promise, and nothing in a history that keeps them all. */
class HistoryCheckerTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(5);
    private static final long DRAIN = seconds(100);
    private static final int MESSAGES = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 50, 500})
    void aHistoryThatKeepsEveryPromiseIsClean(int messages) {
        assertThat(HistoryChecker.check(new Draft(messages).toHistory())).isEmpty();
    }

    @Test
    void callsOfUnknownOutcomeAreNeverHeldAgainstTheServer() {
        Draft draft = new Draft(MESSAGES);
        draft.sends.add(new Send("unknown-lost", "", Duration.ZERO, Outcome.INFO, seconds(1)));
        draft.sends.add(new Send("unknown-kept", "", Duration.ZERO, Outcome.INFO, seconds(1)));
        draft.receptions.add(reception("unknown-kept", "M-unknown", 2));
        draft.sends.add(new Send("deleted-perhaps", "M-d1", Duration.ZERO, Outcome.OK, seconds(1)));
        draft.receptions.add(reception("deleted-perhaps", "M-d1", 2));
        draft.deletes.add(delete("deleted-perhaps", Outcome.INFO, 2, 3));
        draft.sends.add(new Send("deleted-perhaps-not", "M-d2", Duration.ZERO, Outcome.OK, seconds(1)));
        draft.receptions.add(reception("deleted-perhaps-not", "M-d2", 2));
        draft.deletes.add(delete("deleted-perhaps-not", Outcome.INFO, 2, 3));
        draft.receptions.add(reception("deleted-perhaps-not", "M-d2", 101));

        assertThat(HistoryChecker.check(draft.toHistory())).isEmpty();
    }

    @Test
    void anEarlyReturnIsForgivenWhereAKillCameBetween() {
        Draft draft = new Draft(0);
        draft.sends.add(new Send("in-flight", "M", Duration.ZERO, Outcome.OK, seconds(1)));
        draft.receptions.add(reception("in-flight", "M", 2));
        draft.receptions.add(reception("in-flight", "M", 4));
        draft.receptions.add(reception("in-flight", "M", 101));
        assertThat(HistoryChecker.check(draft.toHistory()))
                .extracting(Violation::rule)
                .containsExactly(Rule.EARLY);

        draft.outages.add(new Outage(seconds(3), seconds(3) + 1));

        assertThat(HistoryChecker.check(draft.toHistory())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenPromises")
    void aBrokenPromiseIsFlagged(String bug, Rule expected, Consumer<Draft> inject) {
        Draft draft = new Draft(MESSAGES);

        inject.accept(draft);

        assertThat(HistoryChecker.check(draft.toHistory()))
                .as(bug)
                .isNotEmpty()
                .extracting(Violation::rule)
                .containsOnly(expected);
    }

    static Stream<Arguments> brokenPromises() {
        return Stream.of(
                broken("an acknowledged message is never received", Rule.LOST, d -> d.forget("p7")),
                broken("a message vanishes after its reception", Rule.LOST_LATER, d -> {
                    d.sends.add(new Send("v", "M-v", Duration.ZERO, Outcome.OK, seconds(1)));
                    d.receptions.add(reception("v", "M-v", 2));
                }),
                broken("a refused delete takes effect", Rule.LOST_LATER, d -> {
                    d.sends.add(new Send("v", "M-v", Duration.ZERO, Outcome.OK, seconds(1)));
                    d.receptions.add(reception("v", "M-v", 2));
                    d.deletes.add(delete("v", Outcome.FAIL, 2, 3));
                }),
                broken(
                        "a message nobody sent appears",
                        Rule.PHANTOM,
                        d -> d.receptions.add(reception("no", "M-no", 5))),
                broken("a refused entry of a batch appears", Rule.PHANTOM, d -> {
                    d.sends.add(new Send("refused", "", Duration.ZERO, Outcome.FAIL, seconds(1)));
                    d.receptions.add(reception("refused", "M-refused", 5));
                }),
                broken("a body is altered", Rule.ALTERED, d -> d.receptions.add(reception("", "M3", 5))),
                broken(
                        "a digest is wrong",
                        Rule.ALTERED,
                        d -> d.change("p3", r -> new Reception("p3", "M3", false, 1, r.begin(), r.end()))),
                broken(
                        "a message changes its id",
                        Rule.ALTERED,
                        d -> d.change("p3", r -> new Reception("p3", "other", true, 1, r.begin(), r.end()))),
                broken("two messages share an id", Rule.ALTERED, d -> {
                    d.sends.add(new Send("twin", "", Duration.ZERO, Outcome.INFO, seconds(1)));
                    d.receptions.add(reception("twin", "M3", 101));
                }),
                broken("a deleted message returns", Rule.RESURRECTED, d -> d.receptions.add(reception("p2", "M2", 60))),
                broken("a delay is cut short", Rule.EARLY, d -> {
                    d.sends.add(new Send("delayed", "M-d", Duration.ofSeconds(10), Outcome.OK, seconds(91)));
                    d.receptions.add(reception("delayed", "M-d", 100));
                }),
                broken("a message is handed out twice at a time", Rule.EARLY, d -> {
                    d.sends.add(new Send("double", "M-d", Duration.ZERO, Outcome.OK, seconds(1)));
                    d.receptions.add(reception("double", "M-d", 101));
                    d.receptions.add(reception("double", "M-d", 102));
                }),
                broken(
                        "an altered handle deletes",
                        Rule.STALE_HANDLE,
                        d -> d.deletes.add(
                                new Delete("p49", true, Outcome.OK, seconds(101), seconds(102), seconds(102) + 1))),
                broken("a handle deletes after its time", Rule.STALE_HANDLE, d -> {
                    d.sends.add(new Send("late", "M-l", Duration.ZERO, Outcome.OK, seconds(1)));
                    d.receptions.add(reception("late", "M-l", 2));
                    d.deletes.add(delete("late", Outcome.OK, 2, 9));
                }));
    }

    private static Arguments broken(String bug, Rule expected, Consumer<Draft> inject) {
        return Arguments.of(bug, expected, inject);
    }

    private static Reception reception(String payloadId, String messageId, int second) {
        return new Reception(payloadId, messageId, true, 1, seconds(second), seconds(second) + 1_000_000);
    }

    private static Delete delete(String payloadId, Outcome outcome, int receivedSecond, int second) {
        return new Delete(
                payloadId,
                false,
                outcome,
                seconds(receivedSecond) + 1_000_000,
                seconds(second),
                seconds(second) + 1_000_000);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    /** A history in the making that keeps every promise until a test spoils it. */
    private static final class Draft {

        final List<Send> sends = new ArrayList<>();
        final List<Reception> receptions = new ArrayList<>();
        final List<Delete> deletes = new ArrayList<>();
        final List<Outage> outages = new ArrayList<>(List.of(new Outage(seconds(50), seconds(55))));

        /** Each third message is deleted at once, each third after it came back, the others in the drain. */
        Draft(int messages) {
            for (int i = 0; i < messages; i++) {
                String payload = "p" + i;
                String id = "M" + i;
                boolean delayed = i % 5 == 0;
                sends.add(
                        new Send(payload, id, delayed ? Duration.ofSeconds(1) : Duration.ZERO, Outcome.OK, seconds(1)));
                receptions.add(reception(payload, id, 10));
                switch (i % 3) {
                    case 0 -> {
                        receptions.add(reception(payload, id, 16));
                        deletes.add(delete(payload, Outcome.OK, 16, 17));
                    }
                    case 1 -> {
                        receptions.add(reception(payload, id, 101));
                        deletes.add(delete(payload, Outcome.OK, 101, 102));
                    }
                    default -> deletes.add(delete(payload, Outcome.OK, 10, 11));
                }
            }
        }

        void forget(String payload) {
            receptions.removeIf(r -> r.payloadId().equals(payload));
            deletes.removeIf(d -> d.payloadId().equals(payload));
        }

        void change(String payload, UnaryOperator<Reception> change) {
            receptions.replaceAll(r -> r.payloadId().equals(payload) ? change.apply(r) : r);
        }

        History toHistory() {
            return new History(VISIBILITY, sends, receptions, deletes, outages, DRAIN);
        }
    }
}
