package io.bida.drill.run;

import io.bida.drill.history.History;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Verdict;
import io.bida.drill.history.Violation.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a drill came to.
 *
 * @param failures what is wrong besides broken promises: copies that did not become complete, too little load
 */
public record DrillReport(
        Drill drill, long seed, History history, Verdict verdict, List<Round.Result> rounds, List<String> failures) {

    private static final String ROW = "| %-16s | %6s | %9s | %7s | %4s | %11s | %11s | %7s | %7s | %7s | %12s | %11s |";

    public DrillReport {
        rounds = List.copyOf(rounds);
        failures = List.copyOf(failures);
    }

    /** Whether every promise was kept and everything became well again. */
    public boolean isGreen() {
        return verdict.isClean() && failures.isEmpty();
    }

    /** Whether a control was noticed: messages that it made the servers lose are missed. */
    boolean isLossNoticed() {
        return verdict.lost() > 0;
    }

    public long acknowledged() {
        return history.sends().stream().filter(s -> s.outcome() == Outcome.OK).count();
    }

    /** The heads of the columns of {@link #row}. */
    public static List<String> head() {
        return List.of(
                String.format(
                        ROW,
                        "",
                        "",
                        "sends",
                        "sends",
                        "",
                        "doubled,",
                        "",
                        "gap of",
                        "worst",
                        "client",
                        "copies again",
                        "s after"),
                String.format(
                        ROW,
                        "fault",
                        "rounds",
                        "acknowl.",
                        "unknown",
                        "lost",
                        "allowed/not",
                        "resurrected",
                        "others",
                        "other",
                        "with 1",
                        "s after the",
                        "its cause"),
                String.format(ROW, "", "", "", "", "", "", "", "s", "s", "retry s", "fault", "was gone"));
    }

    /** One line of the table. Times are the longest of all rounds. */
    public String row() {
        Optional<Gaps> gaps = rounds.stream().map(r -> Gaps.of(history, r)).reduce(Gaps::worse);
        return String.format(
                ROW,
                drill.title(),
                rounds.size(),
                acknowledged(),
                history.sends().stream()
                        .filter(s -> s.outcome() == Outcome.INFO)
                        .count(),
                verdict.lost(),
                verdict.doubledInWindows() + " / " + verdict.count(Rule.DOUBLED),
                verdict.count(Rule.RESURRECTED),
                gaps.flatMap(Gaps::surviving).map(DrillReport::seconds).orElse("-"),
                gaps.flatMap(Gaps::survivor).map(DrillReport::seconds).orElse("-"),
                gaps.map(g -> seconds(g.retrying())).orElse("-"),
                longest(false),
                longest(true));
    }

    private String longest(boolean afterCause) {
        return rounds.stream()
                .filter(r -> r.failure().isEmpty())
                .map(r -> (r.complete() - (afterCause ? r.heal() : r.begin())) / 1e9)
                .max(Double::compare)
                .map(DrillReport::seconds)
                .orElse("never");
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
