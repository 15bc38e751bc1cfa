package io.bida.message;

import io.bida.cluster.UnsafeConfigurationException;
import io.bida.cluster.formation.FormationSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What the node is told of its cluster by system properties ({@code wildfly-config/README.md}). */
final class ClusterSettings {

    /** Copies without which nothing is acknowledged, of up to three nodes, and of more. Source: design, section 4. */
    private static final int MIN_COPIES_OF_FEW = 2;

    private static final int MIN_COPIES_OF_MANY = 3;
    private static final int FEW = 3;

    /** Copies that there are of each message. */
    private static final int MOST_COPIES = 3;

    private ClusterSettings() {}

    /** Nodes of a cluster that finds them by DNS or Kubernetes, unless {@code bida.cluster.size} says otherwise. */
    private static final String USUAL_SIZE = "3";

    /** Whether the node is in a cluster: only the server's configuration for a cluster has channels. */
    static boolean isCluster() {
        return System.getProperty("bida.cluster.channel-factory") != null;
    }

    /**
     * How the cluster is formed.
     *
     * @throws UnsafeConfigurationException if a value is out of its range
     */
    static FormationSettings read(Path data) {
        int listed = names("bida.cluster.hosts").size();
        int hosts = number("bida.cluster.size", listed > 0 ? Integer.toString(listed) : USUAL_SIZE, 1, 999);
        int usual = Math.min(hosts, hosts <= FEW ? MIN_COPIES_OF_FEW : MIN_COPIES_OF_MANY);
        int minCopies = number("bida.min-copies", Integer.toString(usual), 1, Math.min(hosts, MOST_COPIES));
        return new FormationSettings(data, hosts, minCopies, names("bida.cluster.go-without"));
    }

    private static int number(String property, String usual, int low, int high) {
        String set = System.getProperty(property, usual);
        boolean isNumber = set.matches("[0-9]{1,3}");
        if (!isNumber || Integer.parseInt(set) < low || Integer.parseInt(set) > high) {
            throw new UnsafeConfigurationException(
                    property + " is " + set, "it must be a number from " + low + " to " + high);
        }
        return Integer.parseInt(set);
    }

    private static Set<String> names(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
