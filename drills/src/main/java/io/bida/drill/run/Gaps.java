package io.bida.drill.run;

import io.bida.drill.history.History;
import io.bida.drill.history.History.Role;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The longest times without a successful send while a fault lasted, in seconds.
 *
 * @param surviving through any node that nothing was done to; empty if there was none
 * @param survivor through the worst of them
 * @param retrying of all clients that try a second node
 */
record Gaps(Optional<Double> surviving, Optional<Double> survivor, double retrying) {

    static Gaps of(History history, Round.Result round) {
        Predicate<Send> throughSurvivor =
                s -> s.role() == Role.PINNED && round.survivors().contains(s.node());
        Optional<Double> worst = round.survivors().stream()
                .map(n -> longest(
                        history.sends(), throughSurvivor.and(s -> s.node().equals(n)), round))
                .max(Double::compare);
        Optional<Double> all = worst.map(w -> longest(history.sends(), throughSurvivor, round));
        return new Gaps(all, worst, longest(history.sends(), Gaps::isOfRetrying, round));
    }

    private static boolean isOfRetrying(Send send) {
        return send.role() == Role.RETRYING || send.role() == Role.RETRY;
    }

    Gaps worse(Gaps other) {
        return new Gaps(
                max(surviving, other.surviving), max(survivor, other.survivor), Math.max(retrying, other.retrying));
    }

    private static Optional<Double> max(Optional<Double> one, Optional<Double> other) {
        return one.flatMap(o -> other.map(t -> Math.max(o, t))).or(() -> one).or(() -> other);
    }

    /** Between two successes of which the time between touches the round. */
    private static double longest(List<Send> sends, Predicate<Send> which, Round.Result round) {
        long[] successes = LongStream.concat(
                        LongStream.of(round.complete()),
                        sends.stream()
                                .filter(s -> s.outcome() == Outcome.OK)
                                .filter(which)
                                .mapToLong(Send::end))
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < successes.length; i++) {
            if (successes[i] > round.begin() && successes[i - 1] < round.complete()) {
                longest = Math.max(longest, successes[i] - successes[i - 1]);
            }
        }
        return longest / 1e9;
    }
}
