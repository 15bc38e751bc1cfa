package io.bida.sdk;

import java.util.List;
import java.util.Optional;

/**
 * One client library under test, with nothing added: each method is one call of the library, its answer in our words.
 *
 * <p>Implementations are safe for concurrent use, as the libraries are. What a library says by {@code null} ("no
 * message") is an empty {@link Optional} or list here; everything it throws comes as a {@link RefusedException} that
 * keeps what the caller of the library would have seen.
 */
public interface QueueClient extends AutoCloseable {

    /**
     * Creates a queue.
     *
     * @return the address of the queue, as the library gives it
     */
    String createQueue(String queue, QueueSettings settings) throws RefusedException;

    /** Changes the attributes that {@code settings} names; the libraries always send LoggingEnabled too. */
    void setQueueAttributes(String queue, QueueSettings settings) throws RefusedException;

    QueueView getQueueAttributes(String queue) throws RefusedException;

    void deleteQueue(String queue) throws RefusedException;

    /**
     * One page of the account's queues with their attributes.
     *
     * @param marker where the page before ended; empty for the first page
     * @param atMost the page's size, 1 to 1000
     */
    QueuePage<QueueView> listQueues(String prefix, Optional<String> marker, int atMost) throws RefusedException;

    /** As {@link #listQueues}, but only the queues' addresses. */
    QueuePage<String> listQueueURLs(String prefix, Optional<String> marker, int atMost) throws RefusedException;

    SentMessage send(String queue, OutgoingMessage message) throws RefusedException;

    List<SentMessage> sendBatch(String queue, List<OutgoingMessage> messages) throws RefusedException;

    /** Receives one message, waiting as long as the queue's own polling wait. */
    Optional<IncomingMessage> receive(String queue) throws RefusedException;

    Optional<IncomingMessage> receive(String queue, int waitSeconds) throws RefusedException;

    List<IncomingMessage> receiveBatch(String queue, int atMost, int waitSeconds) throws RefusedException;

    Optional<IncomingMessage> peek(String queue) throws RefusedException;

    List<IncomingMessage> peekBatch(String queue, int atMost) throws RefusedException;

    ChangedVisibility changeVisibility(String queue, String receiptHandle, int seconds) throws RefusedException;

    void delete(String queue, String receiptHandle) throws RefusedException;

    void deleteBatch(String queue, List<String> receiptHandles) throws RefusedException;

    /** The account's logging bucket; the empty string if none is set. */
    String getLoggingBucket() throws RefusedException;

    void setLoggingBucket(String bucket) throws RefusedException;

    /**
     * The simple name of the exception class with which this library reports {@code code} to the caller of
     * {@code operation}.
     */
    String exceptionFor(Operation operation, String code);

    @Override
    void close();
}
