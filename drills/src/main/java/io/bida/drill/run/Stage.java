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
    private @Nullable Path directory;
    private boolean withDatabase;
    private int started;

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
        Deployment present = deployment;
        if (present != null && present.nodes().size() == size && withDatabase == (drill == Drill.DATABASE_DOWN)) {
            return present;
        }
        discard();
        withDatabase = drill == Drill.DATABASE_DOWN;
        Deployment made = options.model() ? model(size) : launch(size);
        deployment = made;
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

    private Deployment launch(int size) {
        Path data = newDirectory();
        directory = data;
        int port = options.httpPort().orElseGet(Stage::freePorts);
        log.accept("starting " + size + (size == 1 ? " node" : " nodes") + " in " + data + ", ports from " + port);
        LaunchedDeployment launched = new LaunchedDeployment(
                new LaunchedDeployment.Settings(
                        options.launcher(), data, port, options.environment(), !options.single(), withDatabase),
                time);
        deployment = launched;
        launched.startAll(size);
        return launched;
    }

    private Path newDirectory() {
        try {
            started++;
            return options.data().isPresent()
                    ? options.data().orElseThrow().resolve("stage-" + started)
                    : Files.createTempDirectory("bida-drill-").resolve("nodes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the nodes' data and logs are. */
    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    private synchronized void discard() {
        Deployment present = deployment;
        deployment = null;
        if (present != null) {
            present.close();
        }
    }

    /** Ends the nodes, and removes what they stored if that was asked for. */
    void close(boolean remove) {
        discard();
        Path data = directory;
        if (remove && data != null && options.data().isEmpty()) {
            try (Stream<Path> files = Files.walk(data.getParent())) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : all) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
