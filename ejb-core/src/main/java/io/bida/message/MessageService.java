package io.bida.message;

import io.bida.account.AccountId;
import io.bida.queue.QueueName;
import jakarta.ejb.Stateless;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The use cases of messages. Nothing here waits for the disk or for another request: each method returns a stage that
 * completes when its outcome is certain.
 *
 * <p>A refusal is a {@link io.bida.error.ServiceException}, thrown at once or as the stage's cause. Every method
 * refuses with QueueNotExist when the account has no such queue.
 */
@Stateless
public class MessageService {

    /**
     * Stores a message; the stage completes when it is as durable as the service is set to.
     *
     * @throws io.bida.error.InvalidArgumentException if the body is empty or larger than the queue takes, or the delay
     *     is out of its range (InvalidArgument)
     */
    public CompletionStage<SentMessage> sendMessage(AccountId account, QueueName queue, NewMessage message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores 1 to 16 messages; outcomes are in the order of the messages. An entry that breaks a limit refuses the
     * whole call and nothing is stored.
     */
    public CompletionStage<List<SendOutcome>> batchSendMessage(
            AccountId account, QueueName queue, List<NewMessage> messages) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the best receivable messages and hides them; waits for the first one as long as asked.
     *
     * @return at least one message
     * @throws MessageNotExistException if there was none within the wait (MessageNotExist)
     */
    public CompletionStage<List<ReceivedMessage>> receiveMessages(
            AccountId account, QueueName queue, ReceiveRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks at the best receivable messages without any effect.
     *
     * @return at least one message
     * @throws MessageNotExistException if there is none (MessageNotExist)
     */
    public CompletionStage<List<PeekedMessage>> peekMessages(AccountId account, QueueName queue, int maxMessages) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes a received message for good; completes when that is as durable as a send.
     *
     * @throws ReceiptHandleException if the text was never a handle of this queue (ReceiptHandleError)
     * @throws MessageNotExistException if the handle's time is over or the message gone (MessageNotExist)
     */
    public CompletionStage<Void> deleteMessage(AccountId account, QueueName queue, String receiptHandle) {
        throw new UnsupportedOperationException();
    }

    /** Removes 1 to 16 received messages; each handle succeeds or fails by itself, in the order given. */
    public CompletionStage<List<DeleteOutcome>> batchDeleteMessage(
            AccountId account, QueueName queue, List<String> receiptHandles) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets when a hidden message becomes receivable, counted from now.
     *
     * @param visibilitySeconds 1 to 43200
     * @throws ReceiptHandleException if the text was never a handle of this queue (ReceiptHandleError)
     * @throws MessageNotExistException if the handle's time is over or the message gone (MessageNotExist)
     */
    public CompletionStage<ChangedVisibility> changeMessageVisibility(
            AccountId account, QueueName queue, String receiptHandle, int visibilitySeconds) {
        throw new UnsupportedOperationException();
    }
}
