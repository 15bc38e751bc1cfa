package io.bida.message;

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

    private ClusterSettings() {}

    /** Whether the node is in a cluster. */
    static boolean isCluster() {
        return !System.getProperty("bida.cluster.hosts", "").isBlank();
    }

    /**
     * How the cluster is formed.
     *
     * @throws IllegalStateException if a value is out of its range
     */
    static FormationSettings read(Path data) {
        int hosts = names("bida.cluster.hosts").size();
        int usual = Math.min(hosts, hosts <= FEW ? MIN_COPIES_OF_FEW : MIN_COPIES_OF_MANY);
        String set = System.getProperty("bida.min-copies", "");
        if (!set.isEmpty() && !set.matches("[1-9]")) {
            throw new IllegalStateException("bida.min-copies is a number from 1 to 9, not " + set);
        }
        int minCopies = set.isEmpty() ? usual : Integer.parseInt(set);
        return new FormationSettings(data, hosts, minCopies, names("bida.cluster.go-without"));
    }

    private static Set<String> names(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
