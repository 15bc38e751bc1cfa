package io.bida.benchmark.profile;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The profile report's command: adds up the execution samples and the allocation samples of a recording.
 *
 * <p>A sample says which method a thread was in; percentages are of all samples, so of the time spent running Java, not
 * of the time that passed. Allocation samples carry the bytes allocated since the one before, so they add up to about
 * all.
 */
@Command(
        name = "profile-report",
        mixinStandardHelpOptions = true,
        description = "Prints where the time and the garbage of a Flight Recorder file come from.")
public final class ProfileReport implements Callable<Integer> {

    private static final double MIB = 1024.0 * 1024.0;

    @Parameters(index = "0", description = "The recording (.jfr).")
    Path recording = Path.of("recording.jfr");

    @Option(names = "--top", defaultValue = "25", description = "Lines of each table (${DEFAULT-VALUE}).")
    int lines = 25;

    @Option(
            names = "--callers-of",
            description =
                    "Instead of the tables: the commonest ways into methods whose names begin so, such as javax.naming.")
    @Nullable
    String wanted;

    @Option(names = "--depth", defaultValue = "12", description = "Methods of each way (${DEFAULT-VALUE}).")
    int depth = 12;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Shares threads = new Shares();
    private final Shares libraries = new Shares();
    private final Shares topMethods = new Shares();
    private final Shares ourMethods = new Shares();
    private final Shares nativeMethods = new Shares();
    private final Shares allocatedClasses = new Shares();
    private final Shares allocatingMethods = new Shares();
    private final Shares ourAllocatingMethods = new Shares();
    private final Shares waysOfTime = new Shares();
    private final Shares waysOfAllocation = new Shares();

    /** Runs the command and leaves with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ProfileReport()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                add(file.readEvent());
            }
        }
        PrintWriter out =
                Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        print(out);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> {
                Stack stack = stackOf(event);
                threads.add(threadGroupOf(event), 1);
                libraries.add(stack.library(), 1);
                topMethods.add(stack.top(), 1);
                ourMethods.add(stack.ours(), 1);
                waysOfTime.add(stack.wayInto(wanted, depth), 1);
            }
            case "jdk.NativeMethodSample" -> nativeMethods.add(stackOf(event).top(), 1);
            case "jdk.ObjectAllocationSample" -> {
                Stack stack = stackOf(event);
                long bytes = event.getLong("weight");
                allocatedClasses.add(event.getClass("objectClass").getName(), bytes);
                allocatingMethods.add(stack.top(), bytes);
                ourAllocatingMethods.add(stack.ours(), bytes);
                waysOfAllocation.add(stack.wayInto(wanted, depth), bytes);
            }
            default -> {}
        }
    }

    private void print(PrintWriter out) {
        if (wanted != null) {
            print(out, "Time by way into " + wanted, waysOfTime, 1, "samples");
            print(out, "Allocation by way into " + wanted, waysOfAllocation, MIB, "MiB");
            return;
        }
        print(out, "Time by thread group", threads, 1, "samples");
        print(out, "Time by library of the innermost method", libraries, 1, "samples");
        print(out, "Time by innermost method", topMethods, 1, "samples");
        print(out, "Time by our innermost method", ourMethods, 1, "samples");
        print(out, "Samples in native methods (waiting included)", nativeMethods, 1, "samples");
        print(out, "Allocation by class", allocatedClasses, MIB, "MiB");
        print(out, "Allocation by innermost method", allocatingMethods, MIB, "MiB");
        print(out, "Allocation by our innermost method", ourAllocatingMethods, MIB, "MiB");
    }

    private void print(PrintWriter out, String title, Shares shares, double unit, String unitName) {
        out.printf("%n%s (of %.0f %s)%n", title, shares.total() / unit, unitName);
        shares.largest(lines)
                .forEach(share ->
                        out.printf("%6.2f %% %10.0f  %s%n", share.percent(), share.weight() / unit, share.name()));
    }

    private static Stack stackOf(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null) {
            return new Stack(List.of());
        }
        return new Stack(trace.getFrames().stream()
                .map(frame -> nameOf(frame.getMethod()))
                .toList());
    }

    private static String nameOf(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    /** The thread's name without its number, so that a pool is one line. */
    private static String threadGroupOf(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        String name = thread == null ? null : thread.getJavaName();
        return name == null ? "(not a Java thread)" : name.replaceAll("\\d+", "#");
    }
}
