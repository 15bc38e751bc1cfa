package io.bida.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The load driver's command: puts a running Bida and the ceiling beside it under load and prints what they do.
 *
 * <p>Ends with 0 if every request succeeded, 3 if some failed (the figures are printed all the same), 2 for wrong
 * options and 1 if the session broke off.
 */
@Command(
        name = "load-driver",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Puts a running Bida under load and prints messages per second, latencies and costs.")
final class LoadDriver implements Callable<Integer> {

    private static final int SOME_FAILED = 3;

    @Option(
            names = "--endpoint",
            split = ",",
            description = "Bida; the nodes of a cluster with commas, connections take them in turn (${DEFAULT-VALUE}).")
    List<URI> endpoints = List.of(URI.create("http://127.0.0.1:8080"));

    @Option(names = "--ceiling", description = "Where the ceiling WAR takes posts (the endpoint's /ceiling/messages).")
    @Nullable
    URI ceiling;

    @Option(
            names = "--key-id",
            required = true,
            defaultValue = "${env:BIDA_BOOTSTRAP_ACCESS_KEY_ID}",
            description = "Access key id (variable BIDA_BOOTSTRAP_ACCESS_KEY_ID).")
    String accessKeyId = "";

    @Option(
            names = "--key-secret",
            required = true,
            defaultValue = "${env:BIDA_BOOTSTRAP_ACCESS_KEY_SECRET}",
            description = "Its secret (variable BIDA_BOOTSTRAP_ACCESS_KEY_SECRET, which other users can't see).")
    String accessKeySecret = "";

    @Option(
            names = "--case",
            split = ",",
            description =
                    "What to run, scenario:connections[:batch[:backlog]], such as produce:32:16; several with commas."
                            + " Without it: all of --scenario x --connections x --batch x --backlog.")
    List<String> cases = new ArrayList<>();

    @Option(
            names = "--scenario",
            split = ",",
            description = "ceiling, produce, consume, mixed, life (${DEFAULT-VALUE}).")
    List<String> scenarios = List.of("ceiling", "produce", "life");

    @Option(names = "--connections", split = ",", description = "Connections, 1-10000 (${DEFAULT-VALUE}).")
    List<Integer> connections = List.of(1, 8, 32);

    @Option(names = "--batch", split = ",", description = "Messages per request, 1-16 (${DEFAULT-VALUE}).")
    List<Integer> batches = List.of(1);

    @Option(names = "--backlog", split = ",", description = "Messages in the queue beforehand (${DEFAULT-VALUE}).")
    List<Integer> backlogs = List.of(0);

    @Option(names = "--body-bytes", defaultValue = "1024", description = "Size of a body (${DEFAULT-VALUE}).")
    int bodyBytes;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Seconds per case before it counts (${DEFAULT-VALUE}).")
    double warmUpSeconds;

    @Option(
            names = "--run-up",
            defaultValue = "0.5",
            description = "Seconds before each round's case counts (${DEFAULT-VALUE}).")
    double runUpSeconds;

    @Option(names = "--seconds", defaultValue = "10", description = "Seconds per case and round (${DEFAULT-VALUE}).")
    double seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds through all cases (${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--pid",
            split = ",",
            description = "The server's process id, of a cluster all with commas, to count what it costs (Linux).")
    List<Long> pids = new ArrayList<>();

    @Option(names = "--queue-prefix", defaultValue = "load-driver", description = "Of its queues (${DEFAULT-VALUE}).")
    String queuePrefix = "load-driver";

    @Option(names = "--label", defaultValue = "Bida", description = "Stands above the table (${DEFAULT-VALUE}).")
    String label = "Bida";

    @Option(names = "--json", description = "File to write everything to.")
    @Nullable
    Path json;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Clock clock;

    LoadDriver(Clock clock) {
        this.clock = clock;
    }

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.systemUTC()).execute(arguments));
    }

    /** The command as picocli runs it; whoever mistypes gets one line, not the whole usage. */
    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new LoadDriver(clock))
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println(e.getMessage() + "; --help lists the options");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof IOException || e instanceof UncheckedIOException) {
                        command.getErr().println(e.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw e;
                });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine commandLine =
                Objects.requireNonNull(spec, "picocli sets it").commandLine();
        PrintWriter out = commandLine.getOut();
        List<LoadCase> wanted = casesOrComplaint(commandLine);
        String startedAt = clock.instant().toString();
        Target target = target();
        LoadRun loadRun = new LoadRun(target, bodyBytes, runUpSeconds, pids);
        Session session =
                new Session(target, loadRun, new Preload(target, bodyBytes), uniqueQueuePrefix(), commandLine.getErr());
        List<RunResult> results = session.run(wanted, warmUpSeconds, seconds, rounds);
        Report report = new Report(
                label, startedAt, machine(), bodyBytes, seconds, rounds, Report.summaries(results), Ratio.all(results));
        report.print(out);
        if (json != null) {
            report.writeJson(json);
        }
        return report.hasErrors() ? SOME_FAILED : CommandLine.ExitCode.OK;
    }

    private List<LoadCase> casesOrComplaint(CommandLine commandLine) {
        try {
            return cases.isEmpty()
                    ? product()
                    : cases.stream().map(LoadCase::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(commandLine, e.getMessage(), e);
        }
    }

    /** Every scenario with every number of connections; batches and backlogs mean nothing to the ceiling. */
    private List<LoadCase> product() {
        List<LoadCase> all = new ArrayList<>();
        for (int backlog : backlogs) {
            for (int batch : batches) {
                for (int connection : connections) {
                    for (String scenario : scenarios) {
                        Scenario each = Scenario.of(scenario);
                        LoadCase loadCase = each == Scenario.CEILING
                                ? new LoadCase(each, connection, 1, 0)
                                : new LoadCase(each, connection, batch, backlog);
                        if (!all.contains(loadCase)) {
                            all.add(loadCase);
                        }
                    }
                }
            }
        }
        return all;
    }

    /** So that a session never meets the queues of one that broke off. */
    private String uniqueQueuePrefix() {
        return queuePrefix + "-" + Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    private Target target() {
        URI posts = ceiling == null ? endpoints.get(0).resolve("/ceiling/messages") : ceiling;
        return new Target(endpoints, posts, accessKeyId, accessKeySecret, clock);
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("driverJava", System.getProperty("java.version"));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }
}
