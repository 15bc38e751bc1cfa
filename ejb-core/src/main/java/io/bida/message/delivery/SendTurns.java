package io.bida.message.delivery;

import io.bida.message.store.Bundle;
import java.util.List;
import java.util.Optional;

/**
 * Into which of the queue's partitions here the next messages go: one after the other, each for as many messages as a
 * bundle can have.
 *
 * <p>A partition for each send would spread the sends of one moment over as many writes as there are partitions, and a
 * write costs the same for one message as for many. Used within the queue's mailbox only.
 */
final class SendTurns {

    private final QueueSteps steps;
    private final List<LocalPartition> led;
    private int turn;
    private int sent;

    /** @param led the partitions led here at any moment */
    SendTurns(QueueSteps steps, List<LocalPartition> led) {
        this.steps = steps;
        this.led = led;
    }

    /**
     * The partition for these messages, leaving out those that cannot take more and, if there is another, those whose
     * write hangs; empty if none can.
     */
    Optional<LocalPartition> partitionFor(int messages) {
        if (sent >= Bundle.MAX_MESSAGES) {
            pass();
        }
        Optional<LocalPartition> slow = Optional.empty();
        for (int i = 0; i < led.size(); i++) {
            LocalPartition partition = led.get(turn % led.size());
            boolean hasRoom = steps.services().scarceDisks().haveRoomFor(steps.queueId(), partition.index());
            if (hasRoom && !partition.isSlow()) {
                sent += messages;
                return Optional.of(partition);
            }
            if (hasRoom && slow.isEmpty()) {
                slow = Optional.of(partition);
            }
            pass();
        }
        return slow;
    }

    private void pass() {
        turn = (turn + 1) % Math.max(1, led.size());
        sent = 0;
    }
}
