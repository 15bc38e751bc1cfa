package io.bida.drill.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drills of the build's own server: the same as on the command line, with what is wrong in the test's failure. */
final class DrillUnderTest implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DrillUnderTest.class.getName());

    private final DrillOptions options;
    private final Stage stage;
    private boolean green = true;

    /** Drills with these options of the command line. */
    DrillUnderTest(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("quiet", "--launcher", System.getProperty("bida.it.launcher", "../bida")));
        String seed = System.getProperty("bida.it.drill.seed", "");
        if (!seed.isEmpty()) {
            all.addAll(List.of("--seed", seed));
        }
        options = DrillOptions.parse(all);
        stage = new Stage(options, this::log);
    }

    /** Plays it and ends the nodes. */
    void assertGreen(Drill drill, int rounds) {
        try (this) {
            play(drill, rounds);
        }
    }

    /** Plays it on the nodes of the one before; fails the test unless all is well. */
    void play(Drill drill, int rounds) {
        DrillReport report = report(drill, rounds);
        assertThat(report.isGreen()).as(evidence(report)).isTrue();
        green = true;
    }

    /** Plays a control and ends the nodes; fails the test unless the messages that it makes them lose are missed. */
    void assertNoticed(Drill control) {
        try (this) {
            DrillReport report = report(control, 1);
            assertThat(report.isLossNoticed()).as(evidence(report)).isTrue();
            green = true;
        }
    }

    private DrillReport report(Drill drill, int rounds) {
        log(drill.title() + " with seed " + options.seed());
        green = false;
        DrillRun run = new DrillRun(stage.prepareFor(drill), stage.workload(), stage.time(), this::log);
        DrillReport report = run.play(drill, rounds, options.seed());
        log("\n" + String.join("\n", DrillReport.head()) + "\n" + report.row());
        return report;
    }

    private String evidence(DrillReport report) {
        return report.drill().title() + ", data in "
                + stage.directory().map(Path::toString).orElse("none") + "\n" + String.join("\n", Evidence.of(report));
    }

    @Override
    public void close() {
        stage.close(green);
    }

    private void log(String line) {
        LOG.log(System.Logger.Level.INFO, line);
    }
}
