package io.bida.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./bida cluster …} and the options of a node in a cluster, with their exit codes; no server is started. */
class ClusterCommandIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final String TWO_MEMBERS = """
            {"node":"n1","members":["n1","n2"],"epoch":7,"state":"available","segments":256,"segmentsLed":128,
            "underReplicated":%s,"rebalancing":%s,"minCopies":2,"canLoseANode":%s}""";

    @TempDir
    private Path directory;

    private final List<FakeNode> nodes = new ArrayList<>();

    @AfterEach
    void endNodes() {
        nodes.forEach(FakeNode::close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster                               | what about the cluster
            cluster frob                          | unknown command cluster frob
            cluster start --nodes 0               | --nodes must be a number from 1 to 32
            cluster start --nodes 33              | --nodes must be a number from 1 to 32
            cluster start --nodes 100             | --nodes must be a number from 1 to 32
            cluster start --nodes three           | --nodes must be a number from 1 to 32
            cluster start --nodes                 | --nodes needs a value
            cluster stop --nodes 3                | --nodes is for ./bida cluster start
            cluster start --node one              | --node is chosen by ./bida cluster
            cluster start --cluster-port=7700     | --cluster-port is chosen by ./bida cluster
            cluster start --limits loose          | --limits must be one of
            cluster kill                          | which node?
            cluster kill one                      | unexpected argument one
            cluster status 1                      | unexpected argument 1
            start --nodes 3                       | --nodes is for ./bida cluster start
            start --node a_b                      | --node must be 1 to 23 letters
            start --node aaaaaaaaaaaaaaaaaaaaaaaa | --node must be 1 to 23 letters
            start --cluster-hosts a,b             | --cluster-hosts must be like a[7600],b[7600]
            start --cluster-hosts a[7600]         | the nodes of a cluster share one catalogue
            start --cluster-discovery guess       | --cluster-discovery must be one of: hosts dns kubernetes
            start --cluster-discovery dns         | the nodes of a cluster share one catalogue
            start --cluster-port 65436            | --cluster-port must be a number from 1 to 65435
            start --min-copies 0                  | --min-copies must be a number from 1 to 10
            start --http-port 090                 | --http-port must be a number from 1 to 65535
            start --data=                         | --data needs a value
            stop --data=                          | --data needs a value
            start -Dbida.data=                    | --data needs a value
            cluster start --nodes=                | --nodes needs a value
            start -Dbida.min-copies=0             | --min-copies must be a number from 1 to 10
            start -Dbida.http.port=none           | --http-port must be a number from 1 to 65535
            start -Dbida.cluster.hosts=a[7600]    | the nodes of a cluster share one catalogue
            cluster start -Dbida.cluster.port=7700 | --cluster-port is chosen by ./bida cluster
            """)
    void wrongUseIsExplained(String arguments, String explanation) {
        Command command = run(arguments.split(" +"));

        assertThat(command.exitCode()).as(command.errors()).isEqualTo(2);
        assertThat(command.errors()).startsWith("bida: ").contains(explanation).hasLineCount(1);
    }

    @Test
    void nodeThatOthersCannotReachIsNotStarted() {
        Command command = run("start", "--cluster-hosts", "10.0.0.1[7600],10.0.0.2[7600]", "--db-url", "jdbc:x");

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.errors()).contains("they cannot reach --cluster-bind 127.0.0.1");
    }

    @Test
    void nodeWithoutTheClustersSecretIsNotStarted() throws IOException {
        String[] start = {
            "start", "--cluster-hosts", "127.0.0.1[7600]", "--db-url", "jdbc:x", "--data", directory.toString()
        };

        Command missing = run(start);
        assertThat(missing.exitCode()).isEqualTo(18);
        assertThat(missing.errors()).contains("cluster.key is missing").hasLineCount(1);

        Files.write(Files.createDirectories(directory.resolve("secret")).resolve("cluster.key"), new byte[31]);
        Command damaged = run(start);
        assertThat(damaged.exitCode()).isEqualTo(18);
        assertThat(damaged.errors()).contains("cluster.key is damaged").hasLineCount(1);
    }

    @Test
    void secretIsMadeOnceAndForItsOwnerOnly() throws IOException {
        Path secret = directory.resolve("data/secret");
        String[] make = {
            "cluster", "secret", "--data", directory.resolve("data").toString()
        };

        assertThat(run(make).exitCode()).isZero();
        byte[] first = Files.readAllBytes(secret.resolve("cluster.key"));
        assertThat(run(make).output()).contains("is there already");

        assertThat(first).hasSize(32).isEqualTo(Files.readAllBytes(secret.resolve("cluster.key")));
        assertThat(Files.readAllBytes(secret.resolve("master.key"))).hasSize(32).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.resolve("cluster.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void secretOfAnExistingCatalogueIsNotReplaced() throws IOException {
        Files.createFile(Files.createDirectories(directory.resolve("catalogue")).resolve("bida.mv.db"));

        run("cluster", "secret", "--data", directory.toString());

        assertThat(directory.resolve("secret/cluster.key")).exists();
        assertThat(directory.resolve("secret/master.key")).doesNotExist();
    }

    @Test
    void whereNoClusterWasStartedThereIsNoneToStopOrWatch() {
        for (String action : List.of("status", "stop", "restart", "add")) {
            Command command = run("cluster", action, "--data", directory.toString());
            assertThat(command.exitCode()).as(action).isEqualTo(3);
            assertThat(command.errors()).contains("there is no cluster in");
        }
    }

    @Test
    void statusHasALineForEachNodeAndTellsHowTheClusterIs() throws IOException {
        int port = cluster(2);
        node(1, port).thatTells(TWO_MEMBERS.formatted(0, false, true));
        node(2, port).thatTells(TWO_MEMBERS.formatted(0, false, true));

        Command status = cluster("status");

        assertThat(status.exitCode()).as(status.errors()).isZero();
        assertThat(status.output().lines().toList())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("n1   ready        http://127.0.0.1:" + port)
                        .endsWith("leads 128 of 256 partitions"))
                .anySatisfy(line -> assertThat(line).startsWith("n2   ready"))
                .contains(
                        "members          n1, n2",
                        "state            available, epoch 7",
                        "copies           all in sync; a send needs 2",
                        "can lose a node  yes");
    }

    @Test
    void statusTellsOfMissingCopies() throws IOException {
        int port = cluster(2);
        node(1, port).thatTells(TWO_MEMBERS.formatted(12, true, false));

        Command status = cluster("status");

        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.output())
                .contains("n2   not running")
                .contains("12 partitions have fewer than they should, being made")
                .contains("can lose a node  not now");
    }

    @Test
    void statusSaysInAWordThatANodeDoesNotTellOfTheCluster() throws IOException {
        int port = cluster(1);
        node(1, port);

        Command status = cluster("status");

        assertThat(status.exitCode()).as(status.errors()).isZero();
        assertThat(status.output()).contains("not told").contains("404");
    }

    @Test
    void runningNodeThatIsNotReadyIsNotCountedAsReady() throws IOException {
        int port = cluster(1);
        node(1, port).thatIsNotReady();

        Command status = cluster("status");

        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.output()).contains("n1   not ready");
    }

    @Test
    void statusOfAStoppedClusterSaysThatNoneRuns() throws IOException {
        cluster(3);

        Command status = cluster("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.output()).hasLineCount(3).doesNotContain("ready");
    }

    @Test
    void killEndsOneNodeAndOnlyThat() throws Exception {
        int port = cluster(2);
        FakeNode first = node(1, port);
        FakeNode second = node(2, port);

        assertThat(cluster("kill", "2").exitCode()).isZero();

        assertThat(second.endsWithin(10)).isTrue();
        assertThat(first.isRunning()).isTrue();
        assertThat(cluster("kill", "2").exitCode()).isEqualTo(3);
        assertThat(cluster("kill", "3").exitCode()).isEqualTo(2);
    }

    @Test
    void stopEndsAllNodesOrOne() throws Exception {
        int port = cluster(3);
        FakeNode first = node(1, port);
        FakeNode second = node(2, port);
        FakeNode third = node(3, port);

        assertThat(cluster("stop", "2").output()).isEqualTo("n2 has stopped\n");
        assertThat(second.endsWithin(10)).isTrue();
        assertThat(first.isRunning() && third.isRunning()).isTrue();

        Command rest = cluster("stop");
        assertThat(rest.exitCode()).isZero();
        assertThat(rest.output()).contains("n1 has stopped", "n2 is not running", "n3 has stopped");
        assertThat(first.endsWithin(10) && third.endsWithin(10)).isTrue();
    }

    @Test
    void runningNodeIsNotStartedAgain() throws IOException {
        int port = cluster(2);
        node(2, port);

        Command start = cluster("start", "2");

        assertThat(start.exitCode()).isEqualTo(12);
        assertThat(start.errors()).contains("n2 is running");
    }

    @Test
    void clusterDoesNotShrinkByStartingFewerNodes() throws IOException {
        cluster(3);

        Command start = cluster("start", "--nodes", "2");

        assertThat(start.exitCode()).isEqualTo(2);
        assertThat(start.errors()).contains("this cluster has 3 nodes");
    }

    @Test
    void startKnowsWhatAnotherCommandWroteMeanwhile() throws IOException {
        cluster(3);
        Process other = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 2; echo nodes=4 >>'%s'".formatted(directory.resolve("cluster.properties")),
                        "./bida")
                .start();
        Files.writeString(directory.resolve(".cluster." + other.pid()), "./bida\n");

        Command start = cluster("start", "--nodes", "3");

        assertThat(start.exitCode()).as(start.errors()).isEqualTo(2);
        assertThat(start.errors()).contains("this cluster has 4 nodes");
    }

    @Test
    void restartStopsNoNodeThatTheClusterCannotLose() throws IOException {
        int port = cluster(2);
        node(1, port).thatTells(TWO_MEMBERS.formatted(12, true, false));
        node(2, port).thatTells(TWO_MEMBERS.formatted(0, false, true));

        Command restart = cluster("restart", "--start-timeout", "1");

        assertThat(restart.exitCode()).isEqualTo(19);
        assertThat(restart.errors()).contains("n1 says that the cluster can lose no node");
        assertThat(nodes).allMatch(FakeNode::isRunning);
    }

    @Test
    void restartStopsNoNodeWhileOneDoesNotSeeTheOthers() throws IOException {
        int port = cluster(3);
        node(1, port).thatTells(TWO_MEMBERS.formatted(0, false, true));
        node(3, port).thatTells(TWO_MEMBERS.formatted(0, false, true));

        Command restart = cluster("restart", "--start-timeout", "1");

        assertThat(restart.exitCode()).isEqualTo(19);
        assertThat(restart.errors()).contains("n1 does not see n3");
        assertThat(nodes).allMatch(FakeNode::isRunning);
    }

    @Test
    void restartStopsNoNodeWhileOneIsNotReady() throws IOException {
        int port = cluster(2);
        node(1, port).thatTells(TWO_MEMBERS.formatted(0, false, true));
        node(2, port).thatTells(TWO_MEMBERS.formatted(0, false, true)).thatIsNotReady();

        Command restart = cluster("restart", "--start-timeout", "1");

        assertThat(restart.exitCode()).isEqualTo(19);
        assertThat(restart.errors()).contains("n2 is not ready");
        assertThat(nodes).allMatch(FakeNode::isRunning);
    }

    @Test
    void restartStopsNoNodeWhenNobodyTellsOfTheCluster() throws IOException {
        int port = cluster(1);
        node(1, port);

        Command restart = cluster("restart");

        assertThat(restart.exitCode()).isEqualTo(19);
        assertThat(restart.errors()).contains("404").contains("nothing was stopped");
        assertThat(nodes).allMatch(FakeNode::isRunning);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only there is a file that is always full")
    void whatIsRememberedOfAClusterSurvivesAFullDisk() throws IOException {
        cluster(1);
        Path remembered = directory.resolve("cluster.properties");
        String before = Files.readString(remembered);
        Files.createSymbolicLink(directory.resolve("cluster.properties.new"), Path.of("/dev/full"));

        Command start = cluster("start", "--heap", "99m");

        assertThat(start.exitCode()).as(start.errors()).isEqualTo(11);
        assertThat(remembered).hasContent(before).isRegularFile();
    }

    /** What is left of a cluster that was started once; returns the first of its HTTP ports. */
    private int cluster(int count) throws IOException {
        int port = freePorts(count);
        Files.writeString(
                directory.resolve("cluster.properties"),
                "nodes=%d\ncluster-port=7600\nhttp-port=%d\n".formatted(count, port));
        return port;
    }

    private FakeNode node(int number, int firstPort) throws IOException {
        FakeNode node = new FakeNode(directory, number, firstPort + number - 1);
        nodes.add(node);
        return node;
    }

    private Command cluster(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add("cluster");
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", directory.toString()));
        return run(line.toArray(String[]::new));
    }

    private Command run(String... arguments) {
        return Command.bida(directory, BOUND, arguments);
    }

    /** Neighbouring ports, the first of which is returned. */
    private static int freePorts(int count) throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            List<ServerSocket> sockets = new ArrayList<>();
            try {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                int first = sockets.get(0).getLocalPort();
                for (int i = 1; i < count; i++) {
                    sockets.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
                }
                return first;
            } catch (IOException e) {
                // One of them is taken: from another first.
            } finally {
                for (ServerSocket socket : sockets) {
                    socket.close();
                }
            }
        }
        throw new AssertionError("Found no " + count + " neighbouring free ports");
    }
}
