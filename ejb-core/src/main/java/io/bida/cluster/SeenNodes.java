package io.bida.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes that were there and are not any more, by name; forgotten after a day. Safe for use by any thread. */
final class SeenNodes {

    /** How long a node that is gone is spoken of: a day, our choice; until then somebody has looked. */
    static final Duration MEMORY = Duration.ofDays(1);

    private final Clock clock;
    private final Map<String, Instant> gone = new HashMap<>();
    private Set<String> present = Set.of();

    SeenNodes(Clock clock) {
        this.clock = clock;
    }

    /** These are there from now on, and no others. */
    synchronized void presentAre(List<ClusterNode> nodes) {
        Set<String> now = nodes.stream().map(ClusterNode::name).collect(Collectors.toSet());
        Set<String> left = new HashSet<>(present);
        left.removeAll(now);
        left.forEach(name -> gone.put(name, clock.instant()));
        gone.keySet().removeAll(now);
        present = now;
    }

    /** Those that are gone, and since when. */
    synchronized Map<String, Instant> gone() {
        Instant oldest = clock.instant().minus(MEMORY);
        gone.values().removeIf(since -> since.isBefore(oldest));
        return Map.copyOf(gone);
    }
}
