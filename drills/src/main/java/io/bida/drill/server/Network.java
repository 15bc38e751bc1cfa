package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cuts the loopback network between processes of this machine, with nftables; needs root.
 *
 * <p>The nodes share one address and differ in ports, so a packet's ports alone do not tell which node it is from. Each
 * side's processes therefore go into a control group of their own (net_cls), and what one side sends to a port that the
 * other listens on is dropped: no new connection, and nothing on those that were opened in that direction. Of those
 * opened in the other direction the answers are dropped too, by the pair of ports that each has.
 *
 * <p>All names and numbers carry this process's id, so that drills beside each other do not meet. Each process of a
 * side must include whatever starts it again, or a new one would stand on no side.
 */
final class Network implements AutoCloseable {

    private static final String LISTENING = "0A";
    private static final String ESTABLISHED = "01";

    private static final int MOST_PROCESS_ID = 1 << 22;

    private final Names names = Names.of(ProcessHandle.current().pid());
    private boolean mounted;

    /**
     * What a cut of one process is called in the system.
     *
     * @param table of nftables
     * @param mount where the control groups are mounted
     * @param group the beginning of the two groups' names
     */
    record Names(String table, Path mount, String group, int firstClass) {

        static Names of(long process) {
            String name = "bida-drill-" + process;
            return new Names(
                    "bida_drill_" + process,
                    Path.of(System.getProperty("java.io.tmpdir"), name + "-net"),
                    name + "-side-",
                    0xb0000000 | 2 * (int) (process % MOST_PROCESS_ID));
        }
    }

    Names names() {
        return names;
    }

    /** A TCP socket of some process. */
    private record Socket(String state, int localPort, int remotePort, String inode) {}

    /** Lets nothing pass between these processes and those. */
    void cut(Set<Long> side, Set<Long> others) {
        mend();
        mountGroups();
        putInto(0, side);
        putInto(1, others);
        List<Socket> sockets = sockets();
        Set<Integer> portsOfSide = listening(side, sockets);
        Set<Integer> portsOfOthers = listening(others, sockets);
        List<String> rules = new ArrayList<>();
        rules.add(drop(0, "tcp dport " + set(portsOfOthers)));
        rules.add(drop(1, "tcp dport " + set(portsOfSide)));
        answers(side, portsOfSide, others, sockets).forEach(p -> rules.add(drop(0, p)));
        answers(others, portsOfOthers, side, sockets).forEach(p -> rules.add(drop(1, p)));
        Commands.feed(
                "table inet " + names.table()
                        + " {\n chain out {\n  type filter hook output priority 0; policy accept;\n  "
                        + String.join("\n  ", rules) + "\n }\n}\n",
                "nft",
                "-f",
                "-");
    }

    /** Lets everything pass again. */
    void mend() {
        // Made first so that it can be deleted whether it was there or not.
        String table = "table inet " + names.table();
        Commands.feed(table + " {}\ndelete " + table + "\n", "nft", "-f", "-");
    }

    /** Mends it, and leaves nothing behind; the processes that were on a side have ended. */
    @Override
    public void close() {
        if (mounted) {
            mounted = false;
            Commands.each(List.of(
                    this::mend,
                    () -> Commands.run("rmdir", group(0).toString(), group(1).toString()),
                    () -> Commands.run("umount", names.mount().toString()),
                    () -> Commands.run("rmdir", names.mount().toString())));
        }
    }

    private String drop(int group, String what) {
        return "meta cgroup " + Integer.toUnsignedString(names.firstClass() + group) + " " + what + " drop";
    }

    private Path group(int number) {
        return names.mount().resolve(names.group() + number);
    }

    private static String set(Set<Integer> ports) {
        if (ports.isEmpty()) {
            throw new AssertionError("These processes listen on no port");
        }
        return ports.stream().map(p -> Integer.toString(p)).collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** The pairs of ports by which these processes answer on connections that those have opened. */
    private static List<String> answers(Set<Long> from, Set<Integer> portsOfFrom, Set<Long> to, List<Socket> sockets) {
        Set<String> inodesOfFrom = inodes(from);
        Set<String> inodesOfTo = inodes(to);
        Set<Integer> opened = sockets.stream()
                .filter(s -> s.state().equals(ESTABLISHED) && inodesOfTo.contains(s.inode()))
                .map(Socket::localPort)
                .collect(Collectors.toSet());
        return sockets.stream()
                .filter(s -> s.state().equals(ESTABLISHED) && inodesOfFrom.contains(s.inode()))
                .filter(s -> portsOfFrom.contains(s.localPort()) && opened.contains(s.remotePort()))
                .map(s -> "tcp sport " + s.localPort() + " tcp dport " + s.remotePort())
                .toList();
    }

    private static Set<Integer> listening(Set<Long> processes, List<Socket> sockets) {
        Set<String> inodes = inodes(processes);
        return sockets.stream()
                .filter(s -> s.state().equals(LISTENING) && inodes.contains(s.inode()))
                .map(Socket::localPort)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Socket> sockets() {
        List<Socket> sockets = new ArrayList<>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            lines(Path.of(file)).skip(1).forEach(line -> {
                String[] fields = line.strip().split("\\s+", -1);
                sockets.add(new Socket(fields[3], port(fields[1]), port(fields[2]), fields[9]));
            });
        }
        return sockets;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> inodes(Set<Long> processes) {
        Set<String> inodes = new HashSet<>();
        for (long process : processes) {
            try (Stream<Path> files = Files.list(Path.of("/proc/" + process + "/fd"))) {
                files.forEach(f -> socketInode(f, inodes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return inodes;
    }

    private static void socketInode(Path file, Set<String> inodes) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            if (target.startsWith("socket:[")) {
                inodes.add(target.substring("socket:[".length(), target.length() - 1));
            }
        } catch (IOException e) {
            // Closed between the listing and the look at it.
        }
    }

    private void mountGroups() {
        if (mounted) {
            return;
        }
        try {
            Files.createDirectories(names.mount());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Commands.run(
                "mount",
                "-t",
                "cgroup",
                "-o",
                controllers(),
                "none",
                names.mount().toString());
        mounted = true;
    }

    /** net_cls, and whatever the system has mounted together with it, which can only be mounted together again. */
    private static String controllers() {
        List<String[]> all = lines(Path.of("/proc/cgroups"))
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+", -1))
                .toList();
        Optional<String> hierarchy =
                all.stream().filter(c -> c[0].equals("net_cls")).map(c -> c[1]).findFirst();
        return hierarchy.filter(h -> !h.equals("0")).stream()
                .flatMap(h -> all.stream().filter(c -> c[1].equals(h)).map(c -> c[0]))
                .reduce((one, other) -> one + "," + other)
                .orElse("net_cls");
    }

    private void putInto(int number, Set<Long> processes) {
        Path directory = group(number);
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("net_cls.classid"), Integer.toUnsignedString(names.firstClass() + number));
            for (long process : processes) {
                Files.writeString(directory.resolve("cgroup.procs"), Long.toString(process));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
