package io.bida.message.delivery;

import io.bida.message.ReceivedMessage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the part of a queue here asks of its parts on other nodes. Safe for use by any thread. */
interface OtherNodes {

    /** A single node has no others. */
    OtherNodes NONE = new OtherNodes() {

        @Override
        public boolean serve(long queueId, int partitions) {
            return false;
        }

        @Override
        public CompletionStage<List<ReceivedMessage>> pull(
                long queueId, int partitions, int maxMessages, long visibilityMillis, boolean waits) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void hint(long queueId, UUID node) {
            throw new IllegalStateException("there is nobody to hint");
        }

        @Override
        public CompletionStage<Void> adopt(long queueId, int partition, long bundle) {
            throw new IllegalStateException("there is nobody to adopt it");
        }

        @Override
        public void changed(long queueId, int partition, long bundle) {
            throw new IllegalStateException("there is nobody to tell");
        }
    };

    /** Whether any of the queue's partitions is led by another node. */
    boolean serve(long queueId, int partitions);

    /**
     * Takes messages from one other node, whichever has some; none of them having any, or none answering, is an empty
     * list.
     *
     * @param waits whether a receiver waits here: then the others will {@link #hint} when they have something
     */
    CompletionStage<List<ReceivedMessage>> pull(
            long queueId, int partitions, int maxMessages, long visibilityMillis, boolean waits);

    /** Tells a node whose receivers wait that there is something now. It may get lost. */
    void hint(long queueId, UUID node);

    /**
     * Hands a bundle that was written here to the node that leads its partition now; the stage completes when that node
     * will give out its messages.
     */
    CompletionStage<Void> adopt(long queueId, int partition, long bundle);

    /**
     * Tells the node that leads the partition now that the state of a bundle's messages was changed here. It may get
     * lost: then that node counts and hides a message wrongly until the next receive or the end of its hiding.
     */
    void changed(long queueId, int partition, long bundle);
}
