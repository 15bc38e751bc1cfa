package io.bida.drill.server;

import io.bida.drill.client.AccessKey;
import io.bida.drill.client.HttpQueueClient;
import io.bida.drill.client.MnsConnection;
import io.bida.drill.client.QueueClient;
import io.bida.drill.time.DrillTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Servers on this machine, started through the launcher: one of its own, or a cluster. */
public final class LaunchedDeployment implements Deployment {

    private static final AccessKey KEY = new AccessKey("DrillAccessKeyId0001", "DrillAccessKeySecret0123456789");

    /** More than the 300 s after which the launcher gives up by itself, and says why. */
    private static final Duration START_BOUND = Duration.ofSeconds(330);

    private static final Duration READY_BOUND = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);
    private static final String SMALL_DISK = "512m";
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final LauncherCommands commands;
    private final Settings settings;
    private final DrillTime time;
    private final List<String> nodes = new CopyOnWriteArrayList<>();
    private final Network network = new Network();
    private final Map<String, Path> smallDisks = new HashMap<>();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private Optional<Database> database = Optional.empty();
    private boolean closed;

    /**
     * What is started.
     *
     * @param data empty or not there; holds the nodes' directories
     * @param httpPort of the first node; the others follow
     * @param environment further {@code BIDA_*} variables
     * @param cluster whether it is a cluster, even of one node
     * @param withDatabase whether the catalogue is in a PostgreSQL of its own, which can be stopped
     * @param bothSidesServe whether its nodes are spoilt so that both sides of a split go on, for a control
     */
    public record Settings(
            Path launcher,
            Path data,
            int httpPort,
            Map<String, String> environment,
            boolean cluster,
            boolean withDatabase,
            boolean bothSidesServe) {

        public Settings {
            environment = Map.copyOf(environment);
        }
    }

    public LaunchedDeployment(Settings settings, DrillTime time) {
        this.settings = settings;
        this.time = time;
        this.commands = settings.cluster()
                ? LauncherCommands.ofCluster(settings.launcher(), settings.data(), settings.httpPort())
                : LauncherCommands.ofServer(settings.launcher(), settings.data(), settings.httpPort());
    }

    /** Starts so many nodes on an empty directory; returns when all are ready. */
    public void startAll(int size) {
        try {
            Files.createDirectories(settings.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Database own = new Database(settings.data().resolve("postgres"), settings.httpPort() + 50);
        Watcher.watch(settings.data(), network.names(), own.directory());
        if (settings.withDatabase()) {
            database = Optional.of(own);
            own.create();
        }
        for (int i = 1; i <= size; i++) {
            nodes.add("n" + i);
        }
        run(List.of(commands.startAll(size)), Map.of());
        awaitReady(nodes());
    }

    @Override
    public List<String> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public QueueClient connect(String node, Duration patience) {
        return new HttpQueueClient(node, endpoint(node), KEY, time, patience);
    }

    @Override
    public boolean keepsOneOrder() {
        return !settings.cluster();
    }

    @Override
    public void kill(List<String> names) {
        List<ServerProcess> processes = names.stream().map(this::process).toList();
        List<ProcessHandle> handles = processes.stream()
                .map(p -> p.find().orElseThrow(() -> new AssertionError("No process of " + p.data() + " to kill")))
                .toList();
        handles.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(ServerProcess::awaitGone);
    }

    @Override
    public void start(List<String> names) {
        if (names.size() > 1) {
            run(List.of(commands.startMissing()), Map.of());
        } else {
            String name = names.get(0);
            run(List.of(commands.start(number(name))), environments.getOrDefault(name, Map.of()));
        }
        awaitReady(names);
    }

    @Override
    public void stop(String node) {
        run(List.of(commands.stop(number(node))), Map.of());
        process(node).awaitGone();
    }

    @Override
    public boolean isReady(String node) {
        return health(node, "/health/ready").map(r -> r.status() == 200).orElse(false);
    }

    @Override
    public Optional<ClusterState> state(String node) {
        return settings.cluster()
                ? health(node, "/health/cluster").flatMap(r -> ClusterState.parse(r.text()))
                : Optional.empty();
    }

    @Override
    public void pause(String node) {
        process(node).signal("STOP");
    }

    @Override
    public void resume(String node) {
        process(node).signal("CONT");
    }

    @Override
    public String add() {
        run(List.of(commands.add()), Map.of());
        String name = "n" + (nodes.size() + 1);
        awaitReady(List.of(name));
        nodes.add(name);
        return name;
    }

    @Override
    public void cut(Set<String> side) {
        network.cut(
                pids(side), pids(nodes.stream().filter(n -> !side.contains(n)).collect(Collectors.toSet())));
    }

    @Override
    public void mend() {
        network.mend();
    }

    @Override
    public void forget(String node) {
        Commands.run("rm", "-rf", process(node).data().resolve("messages").toString());
    }

    @Override
    public void giveSmallDisk(String node) {
        if (smallDisks.containsKey(node)) {
            return;
        }
        kill(List.of(node));
        Path directory = process(node).data();
        Commands.run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK, "bida-drill", directory.toString());
        smallDisks.put(node, directory);
        start(List.of(node));
    }

    @Override
    public void fillDisk(String node) {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(ballast(node))) {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(block);
            }
        } catch (IOException e) {
            // Full, as it should be.
        }
    }

    @Override
    public void emptyDisk(String node) {
        try {
            Files.deleteIfExists(ballast(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (process(node).find().isEmpty()) {
            start(List.of(node));
        }
    }

    private Path ballast(String node) {
        return process(node).data().resolve("ballast");
    }

    @Override
    public void giveOwnClock(String node) {
        if (!Files.exists(FAKETIME)) {
            throw new UnsupportedOperationException("There is no " + FAKETIME + " (Debian package libfaketime)");
        }
        moveClock(node, Duration.ZERO);
        environments.put(
                node,
                Map.of(
                        "LD_PRELOAD", FAKETIME.toString(),
                        "FAKETIME_TIMESTAMP_FILE", clockFile(node).toString(),
                        // Read again each second; at every look at the clock, a server takes minutes to start.
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "DONT_FAKE_MONOTONIC", "1"));
        kill(List.of(node));
        start(List.of(node));
    }

    @Override
    public void moveClock(String node, Duration offset) {
        long seconds = offset.toSeconds();
        try {
            Files.writeString(clockFile(node), (seconds < 0 ? "" : "+") + seconds + "s\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path clockFile(String node) {
        return settings.data().resolve("clock-" + node);
    }

    @Override
    public void stopDatabase() {
        databaseOfItsOwn().stop();
    }

    @Override
    public void startDatabase() {
        databaseOfItsOwn().start();
    }

    private Database databaseOfItsOwn() {
        return database.orElseThrow(
                () -> new UnsupportedOperationException("The catalogue is not in a database that can be stopped"));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> ServerProcess.killAllBelow(settings.data()));
        steps.add(network::close);
        database.ifPresent(d -> steps.add(d::remove));
        smallDisks.values().forEach(d -> steps.add(() -> Commands.run("umount", "-l", d.toString())));
        Commands.each(steps);
    }

    private void run(List<List<String>> launcherCommands, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        environment.put("BIDA_BUILD", "never");
        environment.put("BIDA_BOOTSTRAP_ACCOUNT_ID", "1234567890123456");
        environment.put("BIDA_BOOTSTRAP_ACCESS_KEY_ID", KEY.id());
        environment.put("BIDA_BOOTSTRAP_ACCESS_KEY_SECRET", KEY.secret());
        environment.put("BIDA_BOOTSTRAP_ADMIN_PASSWORD", "drill-admin-password");
        if (settings.bothSidesServe()) {
            environment.merge("BIDA_JAVA_OPTS", SpoiltServer.bothSidesServe(settings.data()), (a, b) -> a + " " + b);
        }
        database.ifPresent(d -> environment.putAll(d.settings()));
        environment.putAll(more);
        Commands.runAll(launcherCommands, environment, settings.data().resolve("launcher.log"), START_BOUND);
    }

    private void awaitReady(List<String> names) {
        long end = time.now() + READY_BOUND.toNanos();
        for (String name : names) {
            while (!isReady(name)) {
                if (time.now() > end) {
                    throw new AssertionError(name + " is not ready within " + READY_BOUND);
                }
                time.sleep(LOOK_AGAIN);
            }
        }
    }

    private Optional<MnsConnection.Response> health(String node, String path) {
        try (MnsConnection connection = new MnsConnection(endpoint(node), KEY)) {
            return Optional.of(connection.call("GET", path, "", HEALTH_PATIENCE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Set<Long> pids(Set<String> names) {
        return names.stream().flatMap(n -> process(n).findWithKeeper().stream()).collect(Collectors.toSet());
    }

    private URI endpoint(String node) {
        return URI.create("http://127.0.0.1:" + (settings.httpPort() + number(node) - 1));
    }

    private ServerProcess process(String node) {
        return new ServerProcess(commands.data(number(node)));
    }

    private static int number(String node) {
        return Integer.parseInt(node.substring(1));
    }
}
