package io.bida.drill.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How {@code ./bida} is told to start and stop nodes. */
interface LauncherCommands {

    /** Starts a fresh deployment of so many nodes. */
    List<String> startAll(int nodes);

    List<String> start(int number);

    /** Starts all nodes that do not run, at the same time. */
    List<String> startMissing();

    List<String> stop(int number);

    /** Starts one more node, which gets the next number. */
    List<String> add();

    /** The data directory of a node. */
    Path data(int number);

    /** A single server. */
    static LauncherCommands ofServer(Path launcher, Path data, int httpPort) {
        return new LauncherCommands() {
            @Override
            public List<String> startAll(int nodes) {
                return start(1);
            }

            @Override
            public List<String> start(int number) {
                return List.of(
                        launcher.toString(),
                        "start",
                        "--detach",
                        "--build=never",
                        "--http-port",
                        Integer.toString(httpPort),
                        "--data",
                        data(1).toString());
            }

            @Override
            public List<String> startMissing() {
                return start(1);
            }

            @Override
            public List<String> stop(int number) {
                return List.of(launcher.toString(), "stop", "--data", data(1).toString());
            }

            @Override
            public List<String> add() {
                throw new UnsupportedOperationException("A single server has no further nodes");
            }

            @Override
            public Path data(int number) {
                return data.resolve("n1");
            }
        };
    }

    /** A cluster on this machine. */
    static LauncherCommands ofCluster(Path launcher, Path data, int httpPort) {
        return new LauncherCommands() {
            private List<String> cluster(String... arguments) {
                List<String> command = new ArrayList<>(List.of(launcher.toString(), "cluster"));
                command.addAll(List.of(arguments));
                command.addAll(List.of("--data", data.toString()));
                return command;
            }

            @Override
            public List<String> startAll(int nodes) {
                return cluster("start", "--nodes", Integer.toString(nodes), "--http-port", Integer.toString(httpPort));
            }

            @Override
            public List<String> start(int number) {
                return cluster("start", Integer.toString(number));
            }

            @Override
            public List<String> startMissing() {
                return cluster("start");
            }

            @Override
            public List<String> stop(int number) {
                return cluster("stop", Integer.toString(number));
            }

            @Override
            public List<String> add() {
                return cluster("add");
            }

            @Override
            public Path data(int number) {
                return data.resolve("n" + number);
            }
        };
    }
}
