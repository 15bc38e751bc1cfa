package io.bida.drill.run;

import io.bida.drill.load.Workload;
import io.bida.drill.model.ModelCluster;
import io.bida.drill.server.Deployment;
import io.bida.drill.server.LaunchedDeployment;
import io.bida.drill.time.DrillTime;
import io.bida.drill.time.RealTime;
import io.bida.drill.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has the nodes that the next drill needs: those of the last one if they are fit, or new ones. */
final class Stage implements AutoCloseable {

    /** After these the nodes are not what they were. */
    private static final Set<Drill> SPOILS = Set.of(Drill.ADD_NODES, Drill.DISK_FULL, Drill.CLOCK, Drill.DATABASE_DOWN);

    private static final int PORTS = 60;

    private final DrillOptions options;
    private final Consumer<String> log;
    private final DrillTime time;
    private @Nullable Deployment deployment;
    private final List<Path> temporary = new ArrayList<>();
    private Optional<Path> directory = Optional.empty();
    private @Nullable Needs present;
    private int started;

    /** What a drill needs of its nodes from their start on. */
    private record Needs(int size, boolean database, boolean bothSidesServe) {}

    Stage(DrillOptions options, Consumer<String> log) {
        this.options = options;
        this.log = log;
        this.time = options.model() ? new VirtualTime() : new RealTime();
        if (!options.model()) {
            // Ctrl-C must leave neither servers nor cut networks behind.
            Runtime.getRuntime().addShutdownHook(new Thread(this::discard));
        }
    }

    DrillTime time() {
        return time;
    }

    Workload workload() {
        return options.model() ? Workload.forModel() : Workload.forServers();
    }

    /** Nodes that are fit for this drill. */
    Deployment prepareFor(Drill drill) {
        int size = Math.max(options.nodes(), drill.leastNodes());
        if (options.single() && drill.leastNodes() > 1) {
            throw new UnsupportedOperationException(drill.title() + " needs " + drill.leastNodes() + " nodes");
        }
        if (options.model() && drill.isControl()) {
            throw new UnsupportedOperationException("the model has mistakes for that: --mistake");
        }
        Needs needs = new Needs(size, drill == Drill.DATABASE_DOWN, drill == Drill.BOTH_SIDES_SERVE);
        Deployment last = deployment;
        if (last != null && needs.equals(present)) {
            return last;
        }
        discard();
        Deployment made = options.model() ? model(size) : launch(needs);
        deployment = made;
        present = needs;
        return made;
    }

    /** After a drill: whether its nodes may be used again. */
    void ended(Drill drill, boolean green) {
        if (SPOILS.contains(drill) || !green) {
            discard();
        }
    }

    private Deployment model(int size) {
        return new ModelCluster(size, time, new Random(options.seed()), options.mistakes());
    }

    private Deployment launch(Needs needs) {
        int size = needs.size();
        Path data = newDirectory();
        directory = Optional.of(data);
        int port = options.httpPort().orElseGet(Stage::freePorts);
        log.accept("starting " + size + (size == 1 ? " node" : " nodes") + " in " + data + ", ports from " + port);
        LaunchedDeployment launched = new LaunchedDeployment(
                new LaunchedDeployment.Settings(
                        options.launcher(),
                        data,
                        port,
                        options.environment(),
                        !options.single(),
                        needs.database(),
                        needs.bothSidesServe()),
                time);
        deployment = launched; // also if its start fails
        launched.startAll(size);
        return launched;
    }

    private Path newDirectory() {
        try {
            started++;
            if (options.data().isPresent()) {
                return options.data().orElseThrow().resolve("stage-" + started);
            }
            Path made = Files.createTempDirectory("bida-drill-");
            temporary.add(made);
            return made.resolve("nodes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the data and logs of the nodes are that were started last. */
    Optional<Path> directory() {
        return directory;
    }

    private synchronized void discard() {
        Deployment last = deployment;
        deployment = null;
        present = null;
        if (last != null) {
            last.close();
        }
    }

    /** Ends the nodes, and removes what they stored if that was asked for. */
    void close(boolean remove) {
        discard();
        if (remove) {
            temporary.forEach(Stage::remove);
            temporary.clear();
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(false);
    }

    private static int freePorts() {
        Random random = new Random();
        int base = 20_000 + random.nextInt(10_000);
        while (!areFree(base)) {
            base = 20_000 + random.nextInt(10_000);
        }
        return base;
    }

    private static boolean areFree(int base) {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
