package io.bida.message;

import io.bida.cluster.NodeReport;
import io.bida.cluster.NodeReport.Membership;
import io.bida.cluster.NodeReport.Room;
import io.bida.cluster.NodeReport.Run;
import io.bida.cluster.NodeReport.Segments;
import io.bida.cluster.NodeState;
import io.bida.cluster.PublicAddress;
import io.bida.message.delivery.LocalQueues;
import io.bida.message.store.DiskSpace;
import io.bida.message.store.InfinispanMessageStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this node says of itself: the facts that are the same alone and in a cluster, and those of a node alone. */
@ApplicationScoped
public class OwnReport {

    /** What a version is called that was not packaged. */
    private static final String UNPACKAGED = "unpackaged";

    @Inject
    DiskSpace disk;

    @Inject
    LocalQueues queues;

    /** Of a node that stands alone. */
    NodeReport alone(Optional<String> unreadyReason, Map<String, Instant> gone) {
        String name = System.getProperty("bida.node", "bida");
        int all = InfinispanMessageStore.SEGMENTS;
        return report(
                name,
                unreadyReason.isEmpty() ? NodeState.SERVING : NodeState.STARTING,
                unreadyReason.orElse(""),
                new Membership(0, List.of(name), 1, gone),
                new Segments(all, all, all, 0, 0, 1, 1, 0, true, 1));
    }

    /** Of a node that does this and keeps these copies. */
    NodeReport report(String name, NodeState state, String activity, Membership membership, Segments segments) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new NodeReport(
                name,
                state,
                activity,
                new Run(
                        PublicAddress.ofThisNode(),
                        version(),
                        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())),
                membership,
                segments,
                new Room(disk.freeBytes(), disk.reserveBytes(), heap.getUsed(), heap.getMax()),
                queues.messages());
    }

    private static String version() {
        return Optional.ofNullable(OwnReport.class.getPackage().getImplementationVersion())
                .orElse(UNPACKAGED);
    }
}
