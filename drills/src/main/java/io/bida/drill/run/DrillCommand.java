package io.bida.drill.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code ./bida drill}: plays drills and prints the table. */
public final class DrillCommand {

    private static final int GREEN = 0;
    private static final int RED = 1;
    private static final int USAGE = 2;

    private final PrintStream out;
    private final List<DrillReport> reports = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> noticed = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private DrillCommand(PrintStream out) {
        this.out = out;
    }

    /** Ends with 0 if every promise was kept, 1 if not, 2 for a wrong use. */
    public static void main(String[] arguments) {
        DrillCommand command = new DrillCommand(System.out);
        System.exit(command.run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        DrillOptions options;
        try {
            options = DrillOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            help(String.valueOf(e.getMessage()));
            return USAGE;
        }
        say("seed " + options.seed() + ", " + options.rounds() + " rounds each");
        try (Stage stage = new Stage(options, this::say)) {
            options.drills().forEach(d -> play(d, options, stage));
            stage.close(failed.isEmpty());
        }
        print(options);
        return failed.isEmpty() == options.expectRed() ? RED : GREEN;
    }

    private void play(Drill drill, DrillOptions options, Stage stage) {
        say(drill.title() + ": " + drill.what());
        boolean green = false;
        try {
            DrillRun run = new DrillRun(stage.prepareFor(drill), stage.workload(), stage.time(), this::say);
            DrillReport report = run.play(drill, options.rounds(), options.seed());
            reports.add(report);
            green = report.isGreen();
            judge(drill, report);
            if (!green) {
                write(report, stage);
            }
        } catch (UnsupportedOperationException e) {
            left.add(drill.title() + ": " + e.getMessage());
            green = true;
        } catch (AssertionError | UncheckedIOException e) {
            failed.add(drill.title() + " broke off: " + e.getMessage());
            e.printStackTrace(out);
        }
        stage.ended(drill, green);
    }

    private void judge(Drill drill, DrillReport report) {
        String what = drill.title() + ": " + report.verdict().broken() + " " + report.failures();
        if (drill.isControl() && report.isLossNoticed()) {
            noticed.add(what);
        } else if (drill.isControl()) {
            failed.add(what + ": a control that must lose messages, and no loss was noticed");
        } else if (!report.isGreen()) {
            failed.add(what);
        }
    }

    private void write(DrillReport report, Stage stage) {
        List<String> evidence = Evidence.of(report);
        evidence.stream().limit(60).forEach(this::say);
        stage.directory().ifPresent(d -> {
            Path file = d.resolveSibling("evidence-" + report.drill().title() + ".txt");
            try {
                Files.write(file, evidence);
                say("all of it is in " + file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void print(DrillOptions options) {
        out.println();
        DrillReport.head().forEach(out::println);
        reports.forEach(r -> out.println(r.row()));
        left.forEach(l -> out.println("left out: " + l));
        noticed.forEach(n -> out.println("RED as it must be: " + n));
        failed.forEach(f -> out.println("RED: " + f));
        boolean red = !failed.isEmpty();
        out.println((red ? "RED" : "GREEN") + (options.expectRed() ? ", and RED was expected" : "") + "; seed "
                + options.seed());
    }

    private void help(String problem) {
        out.println("bida drill: " + problem);
        out.println(
                "Usage: ./bida drill NAME...|all [--rounds N] [--seed S] [--nodes N] [--single] [--model [--mistake M]]");
        out.println("       [--data DIRECTORY] [--http-port P] [--heap SIZE] [--java-opts OPTIONS] [--expect-red]");
        for (Drill drill : Drill.values()) {
            out.println(String.format("  %-18s %s", drill.title(), drill.what()));
        }
    }

    private void say(String what) {
        out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }
}
