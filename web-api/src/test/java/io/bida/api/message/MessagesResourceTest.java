package io.bida.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.limits.ServiceLimits;
import io.bida.message.ChangedVisibility;
import io.bida.message.DeleteOutcome;
import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageProperties;
import io.bida.message.MessageService;
import io.bida.message.NewMessage;
import io.bida.message.PeekedMessage;
import io.bida.message.Priority;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import io.bida.message.SentMessage;
import io.bida.queue.QueueName;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesResourceTest {

    private static final MessageId ID = new MessageId(1, 0, 64);
    private static final Instant NOW = Instant.ofEpochMilli(1_795_406_200_000L);
    private static final String MESSAGE = "<Message><MessageBody>a</MessageBody></Message>";

    private final RecordingMessages core = new RecordingMessages();
    private final MessagesResource resource = new MessagesResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        resource.messages = core;
        resource.limits = ServiceLimits.STRICT;
    }

    private static SignedRequest request(String method, String query, String body) {
        return Heads.signed(Heads.head(method, "/queues/q/messages" + query), body);
    }

    private Response post(String body) {
        return resource.sendMessages("q", request("POST", "", body))
                .toCompletableFuture()
                .join();
    }

    private Response get(String query) {
        return resource.receiveMessages("q", request("GET", query, ""))
                .toCompletableFuture()
                .join();
    }

    private Response put(String query) {
        return resource.changeMessageVisibility("q", request("PUT", query, ""))
                .toCompletableFuture()
                .join();
    }

    private Response delete(String query, String body) {
        return resource.deleteMessages("q", request("DELETE", query, body))
                .toCompletableFuture()
                .join();
    }

    private static String document(Response answer) {
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("text/xml;charset=utf-8");
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    @Test
    void aSendAnswers201WithIdAndDigest() {
        Response answer = post(MESSAGE);

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(document(answer)).contains("<Message xmlns", "<MessageId>" + ID, "<MessageBodyMD5>");
        assertThat(core.sent).singleElement().extracting(NewMessage::body).hasToString("a");
    }

    @Test
    void aBatchAnswers201InTheFormOfABatch() {
        Response answer = post("<Messages>" + MESSAGE + MESSAGE + "</Messages>");

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(document(answer)).contains("<Messages xmlns").contains("</Message><Message>");
        assertThat(core.sent).hasSize(2);
    }

    @Test
    void aBatchOfWhichSomethingFailedAnswers500() {
        Function<NewMessage, SendOutcome> succeeds = core.sendOutcome;
        core.sendOutcome = message -> message.body().toString().equals("lost")
                ? new SendOutcome.Failed(new ServiceUnavailableException("the message store does not answer"))
                : succeeds.apply(message);
        String lost = MESSAGE.replace(">a<", ">lost<");

        Response answer = post("<Messages>" + MESSAGE + lost + MESSAGE + "</Messages>");

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(document(answer))
                .containsPattern("<Messages xmlns=[^>]+><Message><MessageId>[^<]+</MessageId>"
                        + "<MessageBodyMD5>[^<]+</MessageBodyMD5></Message>"
                        + "<Message><ErrorCode>ServiceUnavailable</ErrorCode><ErrorMessage>[^<]+</ErrorMessage></Message>"
                        + "<Message><MessageId>");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17})
    void aBatchHasOneToSixteenEntries(int entries) {
        String messages = String.join("", Collections.nCopies(entries, MESSAGE));
        String handles = String.join("", Collections.nCopies(entries, "<ReceiptHandle>h</ReceiptHandle>"));

        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> post("<Messages>" + messages + "</Messages>"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> delete("", "<ReceiptHandles>" + handles + "</ReceiptHandles>"));
        assertThat(core.sent).isEmpty();
    }

    @Test
    void sixteenEntriesAreABatch() {
        assertThat(post("<Messages>" + MESSAGE.repeat(16) + "</Messages>").getStatus())
                .isEqualTo(201);
    }

    @Test
    void anEmptyBodyIsMalformed() {
        assertRefused(ErrorCode.MALFORMED_XML, () -> post(""));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-,1,-", "?waitseconds=0,1,0", "?waitseconds=30,1,30", "?WaitSeconds=5,1,5"})
    void aReceiveAsksForOneMessageAndWaitsAsLongAsAsked(String query, int atMost, Integer wait) {
        Response answer = get(query == null ? "" : query);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer)).contains("<Message xmlns", "<ReceiptHandle>");
        assertThat(core.received).singleElement().satisfies(wish -> {
            assertThat(wish.maxMessages()).isEqualTo(atMost);
            assertThat(wish.waitSeconds()).isEqualTo(wait == null ? OptionalInt.empty() : OptionalInt.of(wait));
            assertThat(wish.clientPresent().getAsBoolean()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void aNumberOfMessagesMakesItABatchEvenTheNumberOne(int number) {
        assertThat(document(get("?numOfMessages=" + number + "&waitseconds=1"))).contains("<Messages xmlns");
        assertThat(document(get("?peekonly=true&numOfMessages=" + number))).contains("<Messages xmlns");
        assertThat(core.received).extracting(ReceiveRequest::maxMessages).containsExactly(number);
        assertThat(core.peeked).containsExactly(number);
    }

    @Test
    void aPeekChangesNothing() {
        Response answer = get("?peekonly=True");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer)).contains("<Message xmlns").doesNotContain("ReceiptHandle");
        assertThat(core.received).isEmpty();
        assertThat(get("?peekonly=false").getStatus()).isEqualTo(200);
        assertThat(core.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "?waitseconds=-1,INVALID_ARGUMENT",
        "?waitseconds=31,INVALID_ARGUMENT",
        "?waitseconds=x,INVALID_ARGUMENT",
        "?waitseconds=,INVALID_ARGUMENT",
        "?waitseconds=1&waitseconds=1,INVALID_QUERY_STRING",
        "?numOfMessages=0,INVALID_ARGUMENT",
        "?numOfMessages=17,INVALID_ARGUMENT",
        "?numOfMessages=x,INVALID_ARGUMENT",
        "?numOfMessages=99999999999,INVALID_ARGUMENT",
        "?peekonly=maybe,INVALID_QUERY_STRING",
        "?other=1,INVALID_QUERY_STRING"
    })
    void aReceiveWithABadQueryIsRefused(String query, ErrorCode code) {
        assertRefused(code, () -> get(query));
        assertThat(core.received).isEmpty();
    }

    @Test
    void theRangeOfTheWaitIsToldInTheWordsOfTheSpecification() {
        assertThatThrownBy(() -> get("?waitseconds=31"))
                .hasMessage("The value of PollingWaitSeconds should between 0 and 30 seconds.");
    }

    @Test
    void nothingToReceiveIsAnError() {
        core.nothingThere = true;

        Response answer = get("?waitseconds=1");

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(document(answer)).contains("<Error xmlns", "<Code>MessageNotExist</Code>");
    }

    @Test
    void aChangeOfVisibilityAnswersWithANewHandle() {
        Response answer = put("?ReceiptHandle=1-ODU4Ng==&VisibilityTimeout=43200");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer)).contains("<ReceiptHandle>new of 1-ODU4Ng== for 43200</ReceiptHandle>");
    }

    @ParameterizedTest
    @CsvSource({
        "'',MISSING_RECEIPT_HANDLE",
        "?VisibilityTimeout=1,MISSING_RECEIPT_HANDLE",
        "?ReceiptHandle=&VisibilityTimeout=1,MISSING_RECEIPT_HANDLE",
        "?ReceiptHandle=h,MISSING_VISIBILITY_TIMEOUT",
        "?ReceiptHandle=h&VisibilityTimeout=,INVALID_ARGUMENT",
        "?ReceiptHandle=h&VisibilityTimeout=0,INVALID_ARGUMENT",
        "?ReceiptHandle=h&VisibilityTimeout=-1,INVALID_ARGUMENT",
        "?ReceiptHandle=h&VisibilityTimeout=43201,INVALID_ARGUMENT",
        "?ReceiptHandle=h&VisibilityTimeout=1&x=1,INVALID_QUERY_STRING"
    })
    void aChangeOfVisibilityWithABadQueryIsRefused(String query, ErrorCode code) {
        assertRefused(code, () -> put(query));
    }

    @Test
    void aDeleteAnswers204WithNothing() {
        Response answer = delete("?receiptHandle=a%3D%3d", "");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.hasEntity()).isFalse();
        assertThat(answer.getHeaderString("Content-Type")).isNull();
        assertThat(core.deleted).containsExactly("a==");
    }

    @Test
    void aDeleteWithABodyIsABatch() {
        Response answer = delete(
                "",
                "<ReceiptHandles><ReceiptHandle>h1</ReceiptHandle><ReceiptHandle>h2</ReceiptHandle></ReceiptHandles>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.deleted).containsExactly("h1", "h2");
    }

    @Test
    void aBatchOfDeletesOfWhichSomethingFailedAnswers404WithTheFailures() {
        core.deleteOutcome = handle -> handle.equals("h2")
                ? new DeleteOutcome.Failed(handle, new ReceiptHandleException())
                : new DeleteOutcome.Deleted(handle);

        Response answer = delete(
                "",
                "<ReceiptHandles><ReceiptHandle>h1</ReceiptHandle><ReceiptHandle>h2</ReceiptHandle></ReceiptHandles>");

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(document(answer))
                .contains("<Errors xmlns", "<ReceiptHandle>h2</ReceiptHandle>")
                .doesNotContain("h1");
    }

    @ParameterizedTest
    @CsvSource({"'',MISSING_RECEIPT_HANDLE", "?ReceiptHandle=,MISSING_RECEIPT_HANDLE", "?x=1,INVALID_QUERY_STRING"})
    void aDeleteWithoutAHandleIsRefused(String query, ErrorCode code) {
        assertRefused(code, () -> delete(query, ""));
    }

    @Test
    void aBadQueueNameIsRefusedByEveryAction() {
        assertRefused(ErrorCode.INVALID_QUEUE_NAME, () -> resource.sendMessages("a_b", request("POST", "", MESSAGE)));
        assertRefused(ErrorCode.INVALID_QUEUE_NAME, () -> resource.receiveMessages("-a", request("GET", "", "")));
        assertRefused(
                ErrorCode.INVALID_QUEUE_NAME,
                () -> resource.deleteMessages("a\r\nX:1", request("DELETE", "?ReceiptHandle=h", "")));
        assertRefused(
                ErrorCode.QUEUE_NAME_LENGTH_ERROR,
                () -> resource.changeMessageVisibility(
                        "a".repeat(257), request("PUT", "?ReceiptHandle=h&VisibilityTimeout=1", "")));
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ServiceException.class)
                .extracting("code")
                .isEqualTo(code);
    }

    /** Remembers what it was asked and answers what a test wants. */
    private static final class RecordingMessages extends MessageService {

        private final List<NewMessage> sent = new ArrayList<>();
        private final List<ReceiveRequest> received = new ArrayList<>();
        private final List<Integer> peeked = new ArrayList<>();
        private final List<String> deleted = new ArrayList<>();
        private boolean nothingThere;
        private Function<NewMessage, SendOutcome> sendOutcome = message ->
                new SendOutcome.Sent(new SentMessage(ID, message.body().md5(), Optional.empty()));
        private Function<String, DeleteOutcome> deleteOutcome = DeleteOutcome.Deleted::new;

        @Override
        public CompletionStage<SentMessage> sendMessage(AccountId account, QueueName queue, NewMessage message) {
            sent.add(message);
            return CompletableFuture.completedStage(
                    new SentMessage(ID, message.body().md5(), Optional.empty()));
        }

        @Override
        public CompletionStage<List<SendOutcome>> batchSendMessage(
                AccountId account, QueueName queue, List<NewMessage> messages) {
            sent.addAll(messages);
            return CompletableFuture.completedStage(
                    messages.stream().map(sendOutcome).toList());
        }

        @Override
        public CompletionStage<List<ReceivedMessage>> receiveMessages(
                AccountId account, QueueName queue, ReceiveRequest request) {
            received.add(request);
            if (nothingThere) {
                return CompletableFuture.failedStage(new MessageNotExistException());
            }
            return CompletableFuture.completedStage(List.of(new ReceivedMessage(
                    ID,
                    new ReceiptHandle("1-h"),
                    MessageBody.of("a"),
                    MessageProperties.NONE,
                    Priority.DEFAULT,
                    NOW,
                    NOW,
                    NOW,
                    1)));
        }

        @Override
        public CompletionStage<List<PeekedMessage>> peekMessages(AccountId account, QueueName queue, int maxMessages) {
            peeked.add(maxMessages);
            return CompletableFuture.completedStage(List.of(
                    new PeekedMessage(ID, MessageBody.of("a"), MessageProperties.NONE, Priority.DEFAULT, NOW, NOW, 0)));
        }

        @Override
        public CompletionStage<Void> deleteMessage(AccountId account, QueueName queue, String receiptHandle) {
            deleted.add(receiptHandle);
            return CompletableFuture.allOf();
        }

        @Override
        public CompletionStage<List<DeleteOutcome>> batchDeleteMessage(
                AccountId account, QueueName queue, List<String> receiptHandles) {
            deleted.addAll(receiptHandles);
            return CompletableFuture.completedStage(
                    receiptHandles.stream().map(deleteOutcome).toList());
        }

        @Override
        public CompletionStage<ChangedVisibility> changeMessageVisibility(
                AccountId account, QueueName queue, String receiptHandle, int visibilitySeconds) {
            return CompletableFuture.completedStage(new ChangedVisibility(
                    new ReceiptHandle("new of " + receiptHandle + " for " + visibilitySeconds), NOW));
        }
    }
}
