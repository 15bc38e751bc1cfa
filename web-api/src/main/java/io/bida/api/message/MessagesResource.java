package io.bida.api.message;

import io.bida.api.answer.Answers;
import io.bida.api.header.QueryString;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.ChangeVisibilityDocument;
import io.bida.api.xml.ErrorsDocument;
import io.bida.api.xml.MessageDocument;
import io.bida.api.xml.MessagesDocument;
import io.bida.api.xml.ReceiptHandlesDocument;
import io.bida.api.xml.SendDocument;
import io.bida.api.xml.Values;
import io.bida.error.ErrorCode;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import io.bida.message.DeleteOutcome;
import io.bida.message.MessageService;
import io.bida.message.NewMessage;
import io.bida.message.ReceiveRequest;
import io.bida.message.SendOutcome;
import io.bida.queue.QueueName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * {@code /queues/{queue}/messages}: what is in a queue.
 *
 * <p>Every action refuses a queue that is not there (QueueNotExist) and a bad name (InvalidQueueName,
 * QueueNameLengthError).
 */
@Path("/queues/{queue}/messages")
@ApplicationScoped
public class MessagesResource {

    private static final String RECEIPT_HANDLE = "receipthandle";
    private static final String VISIBILITY_TIMEOUT = "visibilitytimeout";
    private static final String NUM_OF_MESSAGES = "numofmessages";
    private static final String PEEK_ONLY = "peekonly";
    private static final String WAIT_SECONDS = "waitseconds";

    @Inject
    MessageService messages;

    @Inject
    ServiceLimits limits;

    /**
     * SendMessage, wire specification 7.1, and BatchSendMessage, 7.2: 201; a batch of which something failed: 500. The
     * root element tells them apart.
     *
     * <p>Refuses bad XML (MalformedXML) and a message that is empty, too large or out of its ranges (InvalidArgument).
     */
    @POST
    public CompletionStage<Response> sendMessages(@PathParam("queue") String queue, @Context SignedRequest request) {
        request.query();
        QueueName name = new QueueName(queue);
        SendDocument sent = SendDocument.read(request.body());
        return sent.isBatch()
                ? batchSendMessage(name, sent.messages(), request)
                : sendMessage(name, sent.messages().get(0), request);
    }

    private CompletionStage<Response> sendMessage(QueueName queue, NewMessage message, SignedRequest request) {
        return Answers.later(
                request,
                messages.sendMessage(request.account(), queue, message),
                sent -> Answers.sent(MessageDocument.write(sent)));
    }

    private CompletionStage<Response> batchSendMessage(QueueName queue, List<NewMessage> batch, SignedRequest request) {
        checkBatch("Message", batch.size());
        return Answers.later(
                request, messages.batchSendMessage(request.account(), queue, batch), MessagesResource::sent);
    }

    private static Response sent(List<SendOutcome> outcomes) {
        byte[] document = MessagesDocument.writeSent(outcomes);
        boolean allSent = outcomes.stream().allMatch(SendOutcome.Sent.class::isInstance);
        return allSent ? Answers.sent(document) : Answers.inPart(500, document);
    }

    /**
     * ReceiveMessage, wire specification 7.3, BatchReceiveMessage, 7.4, PeekMessage and BatchPeekMessage, 7.5: 200. The
     * query tells them apart; a number of messages makes it a batch, even the number 1.
     *
     * <p>Refuses numbers out of their range (InvalidArgument); answers MessageNotExist if there is nothing.
     */
    @GET
    public CompletionStage<Response> receiveMessages(@PathParam("queue") String queue, @Context SignedRequest request) {
        QueryString query = request.query(NUM_OF_MESSAGES, PEEK_ONLY, WAIT_SECONDS);
        QueueName name = new QueueName(queue);
        boolean batch = query.has(NUM_OF_MESSAGES);
        int atMost = integer(query, NUM_OF_MESSAGES, "numOfMessages").orElse(1);
        checkRange("numOfMessages", atMost, 1, limits.maxBatchEntries(), "");
        return query.isTrue(PEEK_ONLY)
                ? peekMessages(name, atMost, batch, request)
                : receiveMessages(name, atMost, batch, waitSeconds(query), request);
    }

    private OptionalInt waitSeconds(QueryString query) {
        OptionalInt wait = integer(query, WAIT_SECONDS, "waitseconds");
        wait.ifPresent(
                seconds -> checkRange("PollingWaitSeconds", seconds, 0, limits.maxPollingWaitSeconds(), "seconds"));
        return wait;
    }

    private CompletionStage<Response> receiveMessages(
            QueueName queue, int atMost, boolean batch, OptionalInt waitSeconds, SignedRequest request) {
        ReceiveRequest wish = new ReceiveRequest(atMost, waitSeconds, request.clientPresent());
        return Answers.later(
                request,
                messages.receiveMessages(request.account(), queue, wish),
                received -> Answers.ok(
                        batch ? MessagesDocument.writeReceived(received) : MessageDocument.write(received.get(0))));
    }

    private CompletionStage<Response> peekMessages(QueueName queue, int atMost, boolean batch, SignedRequest request) {
        return Answers.later(
                request,
                messages.peekMessages(request.account(), queue, atMost),
                peeked -> Answers.ok(
                        batch ? MessagesDocument.writePeeked(peeked) : MessageDocument.write(peeked.get(0))));
    }

    /**
     * ChangeMessageVisibility, wire specification 7.8: 200.
     *
     * <p>Refuses a missing item (MissingReceiptHandle, MissingVisibilityTimeout), a timeout out of its range
     * (InvalidArgument), a handle that never was one (ReceiptHandleError) and one whose time is over (MessageNotExist).
     */
    @PUT
    public CompletionStage<Response> changeMessageVisibility(
            @PathParam("queue") String queue, @Context SignedRequest request) {
        QueryString query = request.query(RECEIPT_HANDLE, VISIBILITY_TIMEOUT);
        QueueName name = new QueueName(queue);
        String handle = receiptHandle(query);
        int seconds = integer(query, VISIBILITY_TIMEOUT, "VisibilityTimeout")
                .orElseThrow(() -> new RefusedRequestException(ErrorCode.MISSING_VISIBILITY_TIMEOUT));
        checkRange("VisibilityTimeout", seconds, 1, limits.maxVisibilitySeconds(), "seconds");
        return Answers.later(
                request,
                messages.changeMessageVisibility(request.account(), name, handle, seconds),
                changed -> Answers.ok(ChangeVisibilityDocument.write(changed)));
    }

    /**
     * DeleteMessage, wire specification 7.6, and BatchDeleteMessage, 7.7: 204; a batch of which something failed: 404.
     * A handle in the query makes it a single one, a body a batch.
     *
     * <p>Refuses a missing handle (MissingReceiptHandle), one that never was one (ReceiptHandleError) and one whose
     * time is over (MessageNotExist); of a batch bad XML (MalformedXML) and a number of handles out of range
     * (InvalidArgument).
     */
    @DELETE
    public CompletionStage<Response> deleteMessages(@PathParam("queue") String queue, @Context SignedRequest request) {
        QueryString query = request.query(RECEIPT_HANDLE);
        QueueName name = new QueueName(queue);
        return query.has(RECEIPT_HANDLE) || request.body().length == 0
                ? deleteMessage(name, receiptHandle(query), request)
                : batchDeleteMessage(name, ReceiptHandlesDocument.read(request.body()), request);
    }

    private CompletionStage<Response> deleteMessage(QueueName queue, String handle, SignedRequest request) {
        return Answers.later(
                request, messages.deleteMessage(request.account(), queue, handle), nothing -> Answers.done());
    }

    private CompletionStage<Response> batchDeleteMessage(QueueName queue, List<String> handles, SignedRequest request) {
        checkBatch("ReceiptHandle", handles.size());
        return Answers.later(
                request, messages.batchDeleteMessage(request.account(), queue, handles), MessagesResource::deleted);
    }

    private static Response deleted(List<DeleteOutcome> outcomes) {
        boolean allDeleted = outcomes.stream().allMatch(DeleteOutcome.Deleted.class::isInstance);
        return allDeleted ? Answers.done() : Answers.inPart(404, ErrorsDocument.write(outcomes));
    }

    private static String receiptHandle(QueryString query) {
        return query.find(RECEIPT_HANDLE)
                .filter(handle -> !handle.isEmpty())
                .orElseThrow(() -> new RefusedRequestException(ErrorCode.MISSING_RECEIPT_HANDLE));
    }

    private static OptionalInt integer(QueryString query, String name, String nameOnTheWire) {
        return query.find(name)
                .map(text -> OptionalInt.of(Values.integer(nameOnTheWire, text)))
                .orElseGet(OptionalInt::empty);
    }

    private void checkBatch(String element, int entries) {
        if (entries < 1 || entries > limits.maxBatchEntries()) {
            throw InvalidArgumentException.causedBy(element);
        }
    }

    private static void checkRange(String name, int value, int low, int high, String unit) {
        if (value < low || value > high) {
            throw InvalidArgumentException.outOfRange(name, low, high, unit);
        }
    }
}
