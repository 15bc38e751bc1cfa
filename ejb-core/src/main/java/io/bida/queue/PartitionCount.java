package io.bida.queue;

import jakarta.enterprise.context.ApplicationScoped;

/** Into how many partitions a new queue is split, as {@code bida.queue.partitions} says. */
@ApplicationScoped
public class PartitionCount {

    /** Most partitions of a queue: 256, our choice; more than the cores of any cluster this is meant for. */
    private static final int MAX = 256;

    /**
     * The number for a queue created now: 1 to 256, default 1, which keeps the order of priorities exact; in a cluster
     * 8, so that every node has a part of each queue (design, section 3.1).
     *
     * @throws IllegalStateException if the setting is out of its range
     */
    public int ofNewQueue() {
        boolean isCluster = System.getProperty("bida.cluster.channel-factory") != null;
        String set = System.getProperty("bida.queue.partitions", isCluster ? "8" : "1");
        if (!set.matches("[0-9]{1,3}") || Integer.parseInt(set) < 1 || Integer.parseInt(set) > MAX) {
            throw new IllegalStateException("bida.queue.partitions is a number from 1 to " + MAX + ", not " + set);
        }
        return Integer.parseInt(set);
    }
}
