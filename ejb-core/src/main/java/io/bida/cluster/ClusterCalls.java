package io.bida.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Calls between the nodes of a cluster: bytes there, bytes back. Safe for use by any thread.
 *
 * <p>What the bytes mean is between the two rooms that use a {@link Subject}; their first byte is the version of their
 * form.
 */
public interface ClusterCalls {

    /** What a call is about: which room answers it. */
    enum Subject {
        /** Who belongs to the cluster, and with which stored data. */
        FORMATION(1),
        /** The messages of a queue. */
        MESSAGES(2),
        /** Rows of the catalogue that have changed. */
        CATALOGUE(3),
        /** Which members a node sees. */
        VIEW(4),
        /** What a node says of itself to whoever operates the cluster. */
        REPORT(5),
        /** Who is about to leave. */
        LEAVING(6),
        /** What a node's clock says. */
        CLOCK(7);

        private final byte code;

        Subject(int code) {
            this.code = (byte) code;
        }

        /**
         * Whether its calls are sent also to a node that takes nothing more at the moment, where others wait for it:
         * those that ask whether it hangs.
         */
        boolean isWithoutCredit() {
            return this == REPORT;
        }

        /** What stands for it in a call. */
        byte code() {
            return code;
        }
    }

    /** Answers the calls about a subject. Must not block; the stage may complete on any thread. */
    @FunctionalInterface
    interface Service {

        /** The answer to a request of this node. */
        CompletionStage<byte[]> answer(ClusterNode from, byte[] request);
    }

    /** This node. */
    ClusterNode self();

    /** The nodes that this node can reach, itself among them, the same order on all of them. */
    List<ClusterNode> members();

    /**
     * Asks another node.
     *
     * @param limit how long the answer may take
     * @return fails with {@link CallFailedException} if there is none
     */
    CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit);

    /** Answers the calls about this subject from now on; before that they fail on the caller's side. */
    void serve(Subject subject, Service service);

    /** Tells this listener of every later change of the members; one change at a time. */
    void onMembersChange(Consumer<List<ClusterNode>> listener);
}
