package io.bida.message;

import io.bida.account.AccountId;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueName;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The use cases of messages. Nothing here waits for the disk or for another request: each method returns a stage that
 * completes when its outcome is certain.
 *
 * <p>A refusal is a {@link io.bida.error.ServiceException}, thrown at once or as the stage's cause. Every method
 * refuses with QueueNotExist when the account has no such queue, and with ServiceUnavailable while the node cannot keep
 * its promises.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class MessageService {

    @Inject
    QueueCatalogue catalogue;

    @Inject
    MessageDelivery delivery;

    @Inject
    ServiceLimits limits;

    /**
     * Stores a message; the stage completes when it is as durable as the service is set to.
     *
     * @throws InvalidArgumentException if the body is empty or larger than the queue takes, or the delay is out of its
     *     range (InvalidArgument)
     */
    public CompletionStage<SentMessage> sendMessage(AccountId account, QueueName queueName, NewMessage message) {
        Queue queue = catalogue.getQueue(account, queueName);
        check(queue, message);
        return delivery.send(queue, message);
    }

    /**
     * Stores 1 to 16 messages; outcomes are in the order of the messages. An entry that breaks a limit refuses the
     * whole call and nothing is stored.
     *
     * @throws InvalidArgumentException as for a single message, for more than 16 or no entries, and for bodies that are
     *     together larger than a batch may be (InvalidArgument)
     */
    public CompletionStage<List<SendOutcome>> batchSendMessage(
            AccountId account, QueueName queueName, List<NewMessage> messages) {
        Queue queue = catalogue.getQueue(account, queueName);
        checkBatch("Messages", messages.size());
        int bytes = 0;
        for (NewMessage message : messages) {
            check(queue, message);
            bytes += length(message);
        }
        if (bytes > limits.maxBatchBytes()) {
            throw InvalidArgumentException.outOfRange("Messages", 1, limits.maxBatchBytes(), "bytes");
        }
        return delivery.send(queue, messages);
    }

    /**
     * Takes the best receivable messages and hides them; waits for the first one as long as asked.
     *
     * @return at least one message
     * @throws InvalidArgumentException if the wait or the number is out of its range (InvalidArgument)
     * @throws MessageNotExistException if there was none within the wait (MessageNotExist)
     */
    public CompletionStage<List<ReceivedMessage>> receiveMessages(
            AccountId account, QueueName queueName, ReceiveRequest request) {
        Queue queue = catalogue.getQueue(account, queueName);
        checkBatch("numOfMessages", request.maxMessages());
        request.waitSeconds().ifPresent(wait -> {
            if (wait < 0 || wait > limits.maxPollingWaitSeconds()) {
                throw InvalidArgumentException.outOfRange(
                        "PollingWaitSeconds", 0, limits.maxPollingWaitSeconds(), "seconds");
            }
        });
        return delivery.receive(queue, request);
    }

    /**
     * Looks at the best receivable messages without any effect.
     *
     * @return at least one message
     * @throws InvalidArgumentException if the number is out of its range (InvalidArgument)
     * @throws MessageNotExistException if there is none (MessageNotExist)
     */
    public CompletionStage<List<PeekedMessage>> peekMessages(AccountId account, QueueName queueName, int maxMessages) {
        Queue queue = catalogue.getQueue(account, queueName);
        checkBatch("numOfMessages", maxMessages);
        return delivery.peek(queue, maxMessages);
    }

    /**
     * Removes a received message for good; completes when that is as durable as a send.
     *
     * @throws ReceiptHandleException if the text was never a handle of this queue (ReceiptHandleError)
     * @throws MessageNotExistException if the handle's time is over or the message gone (MessageNotExist)
     */
    public CompletionStage<Void> deleteMessage(AccountId account, QueueName queueName, String receiptHandle) {
        return delivery.delete(catalogue.getQueue(account, queueName), receiptHandle);
    }

    /**
     * Removes 1 to 16 received messages; each handle succeeds or fails by itself, in the order given.
     *
     * @throws InvalidArgumentException for more than 16 or no handles (InvalidArgument)
     */
    public CompletionStage<List<DeleteOutcome>> batchDeleteMessage(
            AccountId account, QueueName queueName, List<String> receiptHandles) {
        Queue queue = catalogue.getQueue(account, queueName);
        checkBatch("ReceiptHandles", receiptHandles.size());
        return delivery.delete(queue, receiptHandles);
    }

    /**
     * Sets when a hidden message becomes receivable, counted from now.
     *
     * @param visibilitySeconds 1 to 43200
     * @throws InvalidArgumentException if the time is out of its range (InvalidArgument)
     * @throws ReceiptHandleException if the text was never a handle of this queue (ReceiptHandleError)
     * @throws MessageNotExistException if the handle's time is over or the message gone (MessageNotExist)
     */
    public CompletionStage<ChangedVisibility> changeMessageVisibility(
            AccountId account, QueueName queueName, String receiptHandle, int visibilitySeconds) {
        Queue queue = catalogue.getQueue(account, queueName);
        if (visibilitySeconds < 1 || visibilitySeconds > limits.maxVisibilitySeconds()) {
            throw InvalidArgumentException.outOfRange("VisibilityTimeout", 1, limits.maxVisibilitySeconds(), "seconds");
        }
        return delivery.changeVisibility(queue, receiptHandle, visibilitySeconds);
    }

    private void check(Queue queue, NewMessage message) {
        if (message.body().length() == 0) {
            throw InvalidArgumentException.causedBy("MessageBody");
        }
        int maximum = queue.attributes().maximumMessageSize();
        if (length(message) > maximum) {
            throw InvalidArgumentException.outOfRange("MessageBody", 1, maximum, "bytes");
        }
        message.delaySeconds().ifPresent(delay -> {
            if (delay < 0 || delay > limits.maxDelaySeconds()) {
                throw InvalidArgumentException.outOfRange("DelaySeconds", 0, limits.maxDelaySeconds(), "seconds");
            }
        });
    }

    private static int length(NewMessage message) {
        return message.body().length() + message.properties().length();
    }

    private void checkBatch(String element, int entries) {
        if (entries < 1 || entries > limits.maxBatchEntries()) {
            throw InvalidArgumentException.outOfRange(element, 1, limits.maxBatchEntries(), "");
        }
    }
}
