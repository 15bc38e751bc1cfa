package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One receive that is going on: waiting, or taking messages. Used within its queue's mailbox only. */
final class Receiving {

    /** A deadline for who does not wait at all, not even until stored messages are read again. */
    static final long AT_ONCE = Long.MIN_VALUE;

    private final QueueSteps steps;
    private final Receives receives;
    private final int maxMessages;
    private final long visibilityMillis;
    private final long deadlineMillis;
    private final BooleanSupplier clientPresent;
    private final CompletableFuture<List<ReceivedMessage>> answer;
    private final List<TakeAct> taken = new ArrayList<>();
    private long number;
    private int outstanding;
    private boolean hasWaited;
    private boolean asksOthers;
    private @Nullable ServiceException failure;

    /**
     * A receive.
     *
     * @param deadlineMillis until when it waits for the first message, in milliseconds of the monotonic clock
     */
    Receiving(
            QueueSteps steps,
            Receives receives,
            int maxMessages,
            long visibilityMillis,
            long deadlineMillis,
            BooleanSupplier clientPresent,
            CompletableFuture<List<ReceivedMessage>> answer) {
        this.steps = steps;
        this.receives = receives;
        this.maxMessages = maxMessages;
        this.visibilityMillis = visibilityMillis;
        this.deadlineMillis = deadlineMillis;
        this.clientPresent = clientPresent;
        this.answer = answer;
        this.asksOthers = deadlineMillis != AT_ONCE;
    }

    /** Its place among all receives of the queue, first come first. */
    long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }

    int maxMessages() {
        return maxMessages;
    }

    long visibilityMillis() {
        return visibilityMillis;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    /** From now on the client may hang up unnoticed. */
    void waits() {
        hasWaited = true;
    }

    /** Whether the client is still there; asked only of one that has waited. */
    boolean isPresent() {
        return !hasWaited || clientPresent.getAsBoolean();
    }

    /** Whether messages that are still being read again are worth a wait. */
    boolean waitsForRecovery() {
        return deadlineMillis != AT_ONCE;
    }

    /** Whether other nodes are to be asked before it waits. */
    boolean asksOthers() {
        return asksOthers;
    }

    void hasAskedOthers() {
        asksOthers = false;
    }

    void mayAskOthers() {
        asksOthers = true;
    }

    /** Ends it with messages that another node took for it. */
    void give(List<ReceivedMessage> messages) {
        steps.answer(() -> answer.complete(messages));
    }

    void takes() {
        outstanding++;
    }

    void took(TakeAct act) {
        taken.add(act);
        settle();
    }

    void missed() {
        settle();
    }

    void failed(ServiceException reason) {
        failure = reason;
        settle();
    }

    /** Ends it without a message. */
    void refuse(ServiceException reason) {
        steps.refuse(answer, reason);
    }

    /** Ends it because taking messages threw: with the reason, unless messages are being taken that it will get. */
    void abandon(ServiceException reason) {
        if (outstanding == 0) {
            refuse(reason);
        }
    }

    private void settle() {
        outstanding--;
        if (outstanding > 0) {
            return;
        }
        if (!taken.isEmpty()) {
            steps.answer(this::give);
        } else if (failure != null) {
            refuse(failure);
        } else {
            receives.serveAgain(this);
        }
    }

    /** Off the mailbox, because copying bodies and making handles takes long. */
    private void give() {
        try {
            answer.complete(taken.stream().map(TakeAct::message).toList());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e); // the messages come back when their hiding ends
        }
    }
}
