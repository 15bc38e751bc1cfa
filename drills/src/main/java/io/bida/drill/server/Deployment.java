package io.bida.drill.server;

import io.bida.drill.client.QueueClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that a drill is about, and what can be done to them. Safe for use by several threads; the faults come from
 * one thread.
 *
 * <p>What a deployment cannot do it refuses with {@link UnsupportedOperationException}, and the drill is not run on it.
 */
public interface Deployment extends AutoCloseable {

    /** All nodes by name, running or not. */
    List<String> nodes();

    /** A client of that node, running or not. */
    QueueClient connect(String node, Duration patience);

    /** Whether a receive hands out strictly by priority, as a queue of one partition does. */
    boolean keepsOneOrder();

    /** Ends these nodes without any warning, all in the same moment. */
    void kill(List<String> nodes);

    /** Starts these nodes at the same time; returns when all are ready, and fails if they do not become so. */
    void start(List<String> nodes);

    /** Stops a node as an operator does, which may take its time. */
    void stop(String node);

    /** Whether the node says that it serves. */
    boolean isReady(String node);

    /** What the node says about the cluster; empty where it does not answer or knows of none. */
    Optional<ClusterState> state(String node);

    /** Stops a node in the middle of whatever it does, without its noticing. */
    default void pause(String node) {
        throw unsupported("pause a node");
    }

    default void resume(String node) {
        throw unsupported("resume a node");
    }

    /** Starts one more node and gives its name. */
    default String add() {
        throw unsupported("add a node");
    }

    /** Lets nothing pass between these nodes and all others; clients reach everybody. */
    default void cut(Set<String> side) {
        throw unsupported("cut the network");
    }

    default void mend() {
        throw unsupported("mend the network");
    }

    /** Removes what a node that does not run has stored of messages. */
    default void forget(String node) {
        throw unsupported("make a node forget");
    }

    /** Starts a node anew on a small disk of its own. */
    default void giveSmallDisk(String node) {
        throw unsupported("give a node a small disk");
    }

    default void fillDisk(String node) {
        throw unsupported("fill a disk");
    }

    default void emptyDisk(String node) {
        throw unsupported("empty a disk");
    }

    /** Starts a node anew with a clock that can be moved. */
    default void giveOwnClock(String node) {
        throw unsupported("give a node a clock");
    }

    /** Moves that clock to so far from the right time. */
    default void moveClock(String node, Duration offset) {
        throw unsupported("move a clock");
    }

    default void stopDatabase() {
        throw unsupported("stop the database");
    }

    default void startDatabase() {
        throw unsupported("start the database");
    }

    @Override
    void close();

    private static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException("This deployment cannot " + what);
    }
}
