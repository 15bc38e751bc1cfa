package io.bida.drill.run;

import io.bida.drill.history.History;
import io.bida.drill.history.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything that a history has about the messages of the first violations, in order of time. */
final class Evidence {

    private static final int VIOLATIONS = 20;

    private Evidence() {}

    private record Line(long at, String text) {}

    static List<String> of(DrillReport report) {
        History history = report.history();
        long zero =
                history.sends().stream().mapToLong(History.Send::begin).min().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(report.drill().title() + ", seed " + report.seed() + ": "
                + report.verdict().broken());
        report.failures().forEach(f -> lines.add("failed: " + f));
        for (Violation violation :
                report.verdict().violations().stream().limit(VIOLATIONS).toList()) {
            lines.add("");
            lines.add(violation.rule() + " " + violation.payloadId() + ": " + violation.what());
            linesOf(history, violation.payloadId())
                    .sorted(Comparator.comparingLong(Line::at))
                    .forEach(l ->
                            lines.add(String.format(Locale.ROOT, "  %10.3f s  %s", (l.at() - zero) / 1e9, l.text())));
        }
        return lines;
    }

    private static Stream<Line> linesOf(History history, String payloadId) {
        Stream<Line> windows = history.windows().stream()
                .flatMap(w -> Stream.of(
                        new Line(w.begin(), w.fault() + " begins"), new Line(w.end(), w.fault() + " is over")));
        Stream<Line> drain = Stream.of(new Line(history.drainBegin(), "the drain begins"));
        if (payloadId.isEmpty()) {
            return Stream.concat(windows, drain);
        }
        Stream<Line> sends = history.sends().stream()
                .filter(s -> s.payloadId().equals(payloadId))
                .map(s -> new Line(s.begin(), s.toString()));
        Stream<Line> receptions = history.receptions().stream()
                .filter(r -> r.payloadId().equals(payloadId))
                .map(r -> new Line(r.begin(), r.toString()));
        Stream<Line> deletes = history.deletes().stream()
                .filter(d -> d.payloadId().equals(payloadId))
                .map(d -> new Line(d.begin(), d.toString()));
        Stream<Line> changes = history.changes().stream()
                .filter(c -> c.payloadId().equals(payloadId))
                .map(c -> new Line(c.begin(), c.toString()));
        return Stream.of(windows, drain, sends, receptions, deletes, changes).flatMap(s -> s);
    }
}
