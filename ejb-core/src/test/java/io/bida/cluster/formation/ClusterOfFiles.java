package io.bida.cluster.formation;

import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.JGroupsCalls;
import io.bida.cluster.TestChannels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes with real formation over real JGroups, and the simplest caches: a store is a directory, a message an empty file
 * in it, and every open store has every message. Caches of nodes in different {@link #split} parts do not meet.
 */
final class ClusterOfFiles implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(45);

    /**
     * Half of a server's. A node that joins keeps the others from their next epoch for two seconds where the machine is
     * busy: with less patience they would take that for a cluster that cannot serve.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final TestChannels channels;
    private final Path root;
    private final int hosts;
    private final int minCopies;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, CallsThatCrash.Step> steps = new ConcurrentHashMap<>();
    private Set<String> apart = Set.of();
    private volatile boolean needsMajority;

    ClusterOfFiles(String name, Path root, int hosts, int minCopies) {
        channels = new TestChannels(name);
        this.root = root;
        this.hosts = hosts;
        this.minCopies = minCopies;
    }

    /** One run of a node. */
    final class Run {
        private final String name;
        private final Path data;
        private final TestChannels.Node node;
        private final CallsThatCrash calls;
        private final ClusterFormation formation;
        private final CompletableFuture<ClusterFormation.Start> start;
        private CompletableFuture<Void> opened = new CompletableFuture<>();
        private volatile boolean open;
        private volatile boolean holdReplay;

        private Run(String name, String directory, Set<String> goWithout) {
            this.name = name;
            data = root.resolve(directory);
            try {
                node = channels.node(name);
                JGroupsCalls real = new JGroupsCalls(node.fork("formation"), "formation");
                calls = new CallsThatCrash(real, steps.getOrDefault(name, CallsThatCrash.Step.NEVER), this::goDown);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
            formation = new ClusterFormation(
                    calls, new FormationSettings(data, hosts, minCopies, goWithout, Duration.ofMillis(50), PATIENCE));
            start = formation.start().toCompletableFuture();
        }

        private void begin() {
            opened = start.thenAccept(this::openStore);
        }

        private void openStore(ClusterFormation.Start how) {
            if (calls.isDead()) {
                return;
            }
            create(data.resolve("messages"));
            synchronized (ClusterOfFiles.this) {
                open = true;
                tellMembers();
            }
            if (!how.joined()) {
                formation.replay(() -> putBack(how.toReplay()));
            }
        }

        private CompletionStage<Void> putBack(List<Path> stores) {
            if (holdReplay) {
                return new CompletableFuture<>();
            }
            return CompletableFuture.runAsync(() -> {
                for (Path store : stores) {
                    messagesIn(store).forEach(message -> putOnAll(this, message));
                }
            });
        }

        String name() {
            return name;
        }

        ClusterFormation formation() {
            return formation;
        }

        CallsThatCrash calls() {
            return calls;
        }

        CompletableFuture<ClusterFormation.Start> start() {
            return start;
        }

        TestChannels.Node channels() {
            return node;
        }

        ClusterNode self() {
            return calls.self();
        }

        Path data() {
            return data;
        }

        /** Never ends to put back what was set aside. */
        Run thatHangsInReplay() {
            holdReplay = true;
            return this;
        }

        boolean isServing() {
            if (start.isDone() && !start.isCompletedExceptionally() && opened.isCompletedExceptionally()) {
                opened.join();
            }
            return !calls.isDead() && formation.isConfirmed(ids(membersOf(this)));
        }

        /** The messages in its open store. */
        Set<String> messages() {
            return messagesIn(data.resolve("messages"));
        }

        /** Is gone at once; the caches of the others notice when their JGroups does. */
        void crash() {
            calls.die();
            await().atMost(LONG).until(() -> !alive().contains(this));
        }

        private void goDown() {
            formation.close();
            node.crash();
            synchronized (ClusterOfFiles.this) {
                open = false;
                runs.values().remove(this);
                tellMembers();
            }
        }

        /** Acknowledged: as the store does it, only by confirmed members. */
        boolean send(String message) {
            Set<UUID> ids = ids(membersOf(this));
            if (!formation.isConfirmed(ids)) {
                return false;
            }
            putOnAll(this, message);
            return formation.isConfirmed(ids);
        }

        /** Acknowledged as {@link #send}. */
        boolean delete(String message) {
            Set<UUID> ids = ids(membersOf(this));
            if (!formation.isConfirmed(ids)) {
                return false;
            }
            membersOf(this).forEach(run -> remove(run.data.resolve("messages").resolve(message)));
            return formation.isConfirmed(ids);
        }
    }

    /** From now on the caches of half of the nodes or fewer serve nobody, and say so. */
    void letHalfServeNobody() {
        needsMajority = true;
    }

    /** The node dies at this step whenever it is started from now on. */
    void letDie(String name, CallsThatCrash.Step step) {
        steps.put(name, step);
    }

    /** Starts a node on what its directory holds. */
    Run start(String name) {
        return start(name, Set.of());
    }

    Run start(String name, Set<String> goWithout) {
        return start(name, name, goWithout);
    }

    Run start(String name, String directory, Set<String> goWithout) {
        Run run = new Run(name, directory, goWithout);
        synchronized (this) {
            runs.put(directory, run);
        }
        run.begin();
        return run;
    }

    /** Starts these. */
    List<Run> startAll(String... names) {
        List<Run> started = new ArrayList<>();
        for (String name : names) {
            started.add(start(name));
        }
        return started;
    }

    /** Starts these and waits until all serve. */
    List<Run> startAndServe(String... names) {
        List<Run> started = startAll(names);
        awaitServing(started);
        return started;
    }

    static void awaitServing(List<Run> runs) {
        await().atMost(LONG)
                .until(
                        () -> runs.stream()
                                .map(run -> run.name()
                                        + (run.isServing()
                                                ? ""
                                                : ": " + run.formation().progress()))
                                .toList(),
                        states -> runs.stream().allMatch(Run::isServing));
    }

    /** Cuts the caches and channels of these nodes off from all others. */
    void split(Run... part) {
        Set<Run> inside = Set.of(part);
        for (Run one : inside) {
            for (Run other : alive()) {
                if (!inside.contains(other)) {
                    one.channels().cutOffFrom(other.channels());
                }
            }
        }
        synchronized (this) {
            apart = inside.stream().map(Run::name).collect(Collectors.toSet());
            tellMembers();
        }
    }

    /** Ends the cut, of the caches and of the channels. */
    void heal() {
        alive().forEach(run -> run.channels().reconnect());
        synchronized (this) {
            apart = Set.of();
            tellMembers();
        }
    }

    synchronized List<Run> alive() {
        return List.copyOf(runs.values());
    }

    void crashAll() {
        List<Run> all = alive();
        all.forEach(run -> run.calls.die());
        await().atMost(LONG).until(() -> alive().stream().noneMatch(all::contains));
    }

    private synchronized List<Run> membersOf(Run run) {
        boolean inside = apart.contains(run.name);
        return runs.values().stream()
                .filter(other -> other.open && apart.contains(other.name) == inside)
                .toList();
    }

    /** The caches have new members: an empty one gets what the others have, and all are told. */
    private void tellMembers() {
        for (Run run : runs.values()) {
            List<Run> members = membersOf(run);
            if (!run.open || members.get(0) != run) {
                continue;
            }
            Set<String> all = new TreeSet<>();
            members.forEach(member -> all.addAll(member.messages()));
            if (needsMajority && 2 * members.size() <= hosts) {
                members.forEach(member -> member.formation.membersAre(Set.of()));
                continue;
            }
            Set<ClusterNode> nodes = members.stream().map(Run::self).collect(Collectors.toSet());
            members.forEach(member -> member.formation.membersAre(nodes));
            all.forEach(message -> members.forEach(member -> create(member.data.resolve("messages"), message)));
            members.forEach(member -> member.formation.copiesAreComplete(nodes));
        }
    }

    private synchronized void putOnAll(Run from, String message) {
        membersOf(from).forEach(run -> create(run.data.resolve("messages"), message));
    }

    private static Set<UUID> ids(List<Run> members) {
        return members.stream().map(run -> run.self().id()).collect(Collectors.toSet());
    }

    static Set<String> messagesIn(Path store) {
        if (Files.notExists(store)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(store)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path directory, String file) {
        try {
            Path path = directory.resolve(file);
            if (Files.notExists(path)) {
                Files.createFile(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was set aside in a node's directory. */
    static List<String> aside(Path data) {
        return messagesIn(data).stream()
                .filter(name -> name.startsWith("messages-aside-"))
                .toList();
    }

    /** Why a node refused to start; null if it did not yet. */
    static @Nullable String refusal(Run run) {
        if (!run.start().isCompletedExceptionally()) {
            return null;
        }
        try {
            run.start().join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof CannotStartException cause ? cause.getMessage() : null;
        }
    }

    @Override
    public void close() {
        alive().forEach(run -> run.formation().close());
        channels.close();
    }
}
