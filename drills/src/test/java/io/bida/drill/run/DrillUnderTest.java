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
        log(drill.title() + " with seed " + options.seed());
        green = false;
        DrillRun run = new DrillRun(stage.prepareFor(drill), stage.workload(), stage.time(), this::log);
        DrillReport report = run.play(drill, rounds, options.seed());
        log("\n" + String.join("\n", DrillReport.head()) + "\n" + report.row());
        assertThat(report.isGreen())
                .as(
                        "%s, data in %s%n%s",
                        drill.title(),
                        stage.directory().map(Path::toString).orElse("none"),
                        String.join("\n", Evidence.of(report)))
                .isTrue();
        green = true;
    }

    @Override
    public void close() {
        stage.close(green);
    }

    private void log(String line) {
        LOG.log(System.Logger.Level.INFO, line);
    }
}
