package io.bida.cluster.formation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a node is told about its cluster.
 *
 * @param data its data directory
 * @param hosts how many nodes the cluster is configured to have, from 1; the same on all
 * @param minCopies on how many nodes an acknowledged message is, at least, from 1; the same on all
 * @param goWithout names of nodes that the operator has given up for lost; a start of the whole cluster does not wait
 *     for them
 * @param interval between two looks at the others: chosen 200 ms on a server
 * @param patience how long a node that cannot serve holds out while another waits to begin: chosen 15 s on a server
 */
public record FormationSettings(
        Path data, int hosts, int minCopies, Set<String> goWithout, Duration interval, Duration patience) {

    /** Copies of each message, if there are that many members: 3. Source: design, section 3.2. */
    public static final int COPIES = 3;

    /** How long a call to another node may take: 5 s, our choice; a flush of the record is within it. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    /** Checks the numbers. */
    public FormationSettings {
        if (hosts < 1 || minCopies < 1 || minCopies > hosts) {
            throw new IllegalArgumentException(
                    "a cluster of " + hosts + " hosts cannot have at least " + minCopies + " copies");
        }
        goWithout = Set.copyOf(goWithout);
    }

    /** With the intervals of a server. */
    public FormationSettings(Path data, int hosts, int minCopies, Set<String> goWithout) {
        this(data, hosts, minCopies, goWithout, Duration.ofMillis(200), Duration.ofSeconds(15));
    }
}
