package io.bida.sdk.captured;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.wire.WireAnswer;
import io.bida.sdk.wire.WireRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests of the Python library 1.2.2, and their answers read as it reads them.
 *
 * <p>It looks {@code x-mns-request-id} up in exactly that case, takes any status below 400 for success, and raises if one of the
 * elements it knows is missing from an answer.
 */
class PythonReplayIT {

    private static final List<String> RECEIVED = List.of(
            "MessageId",
            "ReceiptHandle",
            "MessageBodyMD5",
            "MessageBody",
            "EnqueueTime",
            "NextVisibleTime",
            "FirstDequeueTime",
            "DequeueCount",
            "Priority");

    private final Replay replay = new Replay();

    @AfterEach
    void deleteTheQueues() throws IOException {
        replay.deleteQueues();
    }

    @Test
    void aSentMessageIsAcknowledged() throws IOException {
        createQueue();

        AnswerXML answer = accepted(replay.send(replay.request("python-send-message")), 201);

        assertThat(answer.root()).isEqualTo("Message");
        assertThat(answer.children()).containsExactly("MessageId", "MessageBodyMD5");
        assertThat(answer.text("MessageBodyMD5")).isEqualTo("0733351879B2FA9BD05C7CA3061529C0");
    }

    @Test
    void aReceivedMessageHasEveryElementThatTheLibraryNeeds() throws IOException {
        createQueue();
        replay.send(replay.request("python-send-message"));

        AnswerXML answer = accepted(replay.send(replay.request("python-receive-message")), 200);

        assertThat(answer.root()).isEqualTo("Message");
        assertThat(answer.children()).containsExactlyElementsOf(RECEIVED);
        assertThat(answer.text("MessageBody")).isEqualTo("aGVsbG8=");
        assertThat(answer.text("DequeueCount")).isEqualTo("1");
        assertThat(answer.text("Priority")).isEqualTo("8");
    }

    @Test
    void aReceiveThatGetsNothingIsAnErrorWithEveryElementThatTheLibraryNeeds() throws IOException {
        createQueue();

        AnswerXML answer = refused(
                replay.send(replay.requestLike(
                        "python-receive-message", "GET", "/queues/" + replay.queue() + "/messages?waitseconds=1")),
                404);

        assertThat(answer.text("Code")).isEqualTo("MessageNotExist");
        assertThat(answer.text("Message")).isEqualTo("Message not exist.");
    }

    @Test
    void aChangedVisibilityIsAnsweredWithANewHandleAndTime() throws IOException {
        createQueue();
        String handle = sendAndReceive();

        AnswerXML answer = accepted(replay.send(changeVisibility(handle)), 200);

        assertThat(answer.root()).isEqualTo("ChangeVisibility");
        assertThat(answer.text("ReceiptHandle")).isNotBlank().isNotEqualTo(handle);
        assertThat(Long.parseLong(answer.text("NextVisibleTime"))).isPositive();
    }

    @Test
    void theCapturedHandleIsReadUnescapedAndRefused() throws IOException {
        createQueue();

        AnswerXML answer = refused(replay.send(replay.request("python-change-message-visibility")), 400);

        assertThat(answer.text("Code")).isEqualTo("ReceiptHandleError");
    }

    @Test
    void aBatchDeleteOfEveryMessageIsAnsweredWithoutABody() throws IOException {
        createQueue();
        String one = sendAndReceive();
        String two = sendAndReceive();

        WireAnswer answer = replay.send(batchDelete(one, two));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.findExactly("x-mns-request-id")).isPresent();
    }

    @Test
    void aBatchDeleteOfNothingThatExistsListsEachHandle() throws IOException {
        createQueue();

        WireAnswer answer = replay.send(replay.request("python-batch-delete-message"));
        AnswerXML errors = AnswerXML.parse(answer.body());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.findExactly("x-mns-request-id")).isPresent();
        assertThat(errors.root()).isEqualTo("Errors");
        assertThat(errors.texts("ErrorCode")).containsExactly("ReceiptHandleError", "ReceiptHandleError");
        assertThat(errors.texts("ErrorMessage")).hasSize(2).doesNotContain("");
        assertThat(errors.texts("ReceiptHandle")).containsExactly("h1", "h2");
    }

    @Test
    void theAccountAttributesHaveALoggingBucketEvenIfNoneIsSet() throws IOException {
        WireRequest unset = replay.requestLike("python-send-message", "PUT", "/?accountmeta=true")
                .withBody("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                        + "<Account xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><LoggingBucket></LoggingBucket></Account>");
        assertThat(replay.send(unset).status()).isEqualTo(204);

        AnswerXML answer = accepted(replay.send(replay.request("python-get-account-attributes")), 200);

        assertThat(answer.root()).isEqualTo("Account");
        assertThat(answer.texts("LoggingBucket")).containsExactly("");
    }

    @Test
    void theAttributesOfAQueueHaveEveryElementThatTheLibraryNeeds() throws IOException {
        createQueue();

        AnswerXML answer = accepted(
                replay.send(replay.requestLike("python-receive-message", "GET", "/queues/" + replay.queue())), 200);

        assertThat(answer.root()).isEqualTo("Queue");
        assertThat(answer.children())
                .contains(
                        "ActiveMessages",
                        "CreateTime",
                        "DelayMessages",
                        "DelaySeconds",
                        "InactiveMessages",
                        "LastModifyTime",
                        "LoggingEnabled",
                        "MaximumMessageSize",
                        "MessageRetentionPeriod",
                        "PollingWaitSeconds",
                        "QueueName",
                        "VisibilityTimeout");
    }

    private void createQueue() throws IOException {
        WireAnswer created = replay.createQueue(
                "python-send-message",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Queue xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
                        + "<LoggingEnabled>False</LoggingEnabled></Queue>");
        assertThat(created.status()).isEqualTo(201);
    }

    private String sendAndReceive() throws IOException {
        replay.send(replay.request("python-send-message"));
        return accepted(replay.send(replay.request("python-receive-message")), 200).text("ReceiptHandle");
    }

    private WireRequest changeVisibility(String handle) {
        WireRequest captured = replay.request("python-change-message-visibility");
        return captured.withTarget(
                captured.target().replace("1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==", handle));
    }

    private WireRequest batchDelete(String one, String two) {
        WireRequest captured = replay.request("python-batch-delete-message");
        return captured.withBody(captured.body().replace(">h1<", ">" + one + "<").replace(">h2<", ">" + two + "<"));
    }

    private static AnswerXML accepted(WireAnswer answer, int status) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.findExactly("x-mns-request-id")).isPresent();
        return AnswerXML.parse(answer.body());
    }

    private static AnswerXML refused(WireAnswer answer, int status) throws IOException {
        AnswerXML error = accepted(answer, status);
        assertThat(error.root()).isEqualTo("Error");
        assertThat(error.children()).containsExactlyInAnyOrder("Code", "Message", "RequestId", "HostId");
        assertThat(answer.findExactly("x-mns-request-id")).contains(error.text("RequestId"));
        return error;
    }
}
