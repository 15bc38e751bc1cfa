package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 */
final class Network {

    private static final String TABLE = "inet bida_drill";
    private static final Path GROUPS = Path.of("/tmp/bida-drill-net-cls");
    private static final int FIRST_CLASS = 0xb1da0001;
    private static final String LISTENING = "0A";
    private static final String ESTABLISHED = "01";

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
                "table " + TABLE + " {\n chain out {\n  type filter hook output priority 0; policy accept;\n  "
                        + String.join("\n  ", rules) + "\n }\n}\n",
                "nft",
                "-f",
                "-");
    }

    /** Lets everything pass again. */
    void mend() {
        // Made first so that it can be deleted whether it was there or not.
        Commands.feed("table " + TABLE + " {}\ndelete table " + TABLE + "\n", "nft", "-f", "-");
    }

    private static String drop(int group, String what) {
        return "meta cgroup " + Integer.toUnsignedString(FIRST_CLASS + group) + " " + what + " drop";
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

    private static void mountGroups() {
        try {
            Files.createDirectories(GROUPS);
            if (!Files.exists(GROUPS.resolve("cgroup.procs"))) {
                Commands.run("mount", "-t", "cgroup", "-o", "net_cls", "none", GROUPS.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putInto(int group, Set<Long> processes) {
        Path directory = GROUPS.resolve("bida-drill-" + group);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("net_cls.classid"), Integer.toUnsignedString(FIRST_CLASS + group));
            for (long process : processes) {
                Files.writeString(directory.resolve("cgroup.procs"), Long.toString(process));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
