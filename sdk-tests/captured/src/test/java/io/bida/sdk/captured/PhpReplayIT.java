package io.bida.sdk.captured;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.wire.WireAnswer;
import io.bida.sdk.wire.WireRequest;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests of the PHP library 1.4.0, and their answers read as it reads them.
 *
 * <p>It takes only the one documented status of each operation for success, splits an address at its slashes into exactly five
 * pieces of which the last is the name, and takes only {@code True} for true. It sends no digest and writes a line feed after its
 * XML declaration and at the end of a body.
 */
class PhpReplayIT {

    private final Replay replay = new Replay();

    @AfterEach
    void deleteTheQueues() throws IOException {
        replay.deleteQueues();
    }

    @Test
    void aDelayedMessageIsAcknowledgedWithAHandle() throws IOException {
        createQueue("");

        AnswerXML answer = answerOf(replay.request("php-send-message"), 201);

        assertThat(answer.root()).isEqualTo("Message");
        assertThat(answer.children()).containsExactlyInAnyOrder("MessageId", "MessageBodyMD5", "ReceiptHandle");
        assertThat(answer.text("MessageBodyMD5")).isEqualTo("0733351879B2FA9BD05C7CA3061529C0");
    }

    @Test
    void aMessageIsDeletedByItsPercentEncodedHandle() throws IOException {
        createQueue("");
        String handle = answerOf(replay.request("php-send-message"), 201).text("ReceiptHandle");

        WireAnswer deleted = replay.send(delete(percentEncoded(handle)));

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(answerOf(attributes(), 200).text("DelayMessages")).isEqualTo("0");
    }

    @Test
    void theCapturedHandleIsDecodedAndRefused() throws IOException {
        createQueue("");

        AnswerXML refused = answerOf(replay.request("php-delete-message"), 400);

        assertThat(refused.root()).isEqualTo("Error");
        assertThat(refused.text("Code")).isEqualTo("ReceiptHandleError");
    }

    @Test
    void aListedAddressHasFivePiecesOfWhichTheLastIsTheName() throws IOException {
        createQueue("");

        AnswerXML answer = answerOf(replay.request("php-list-queue").with("x-mns-prefix", replay.queue()), 200);
        String[] pieces = answer.text("QueueURL").split("/", -1);

        assertThat(answer.root()).isEqualTo("Queues");
        assertThat(pieces).hasSize(5);
        assertThat(pieces[3]).isEqualTo("queues");
        assertThat(pieces[4]).isEqualTo(replay.queue());
        assertThat(answer.texts("NextMarker")).isEmpty();
    }

    @Test
    void aListThatGoesOnHasAMarkerThatLeadsOn() throws IOException {
        createQueue("");
        WireAnswer second = replay.send(replay.requestLike("php-send-message", "PUT", "/queues/" + replay.secondQueue())
                .withBody(queueDocument("")));
        WireRequest list = replay.request("php-list-queue")
                .with("x-mns-prefix", replay.queue())
                .with("x-mns-ret-number", "1");

        String marker = answerOf(list, 200).text("NextMarker");
        AnswerXML next = answerOf(list.with("x-mns-marker", marker), 200);

        assertThat(second.status()).isEqualTo(201);
        assertThat(next.text("QueueURL")).endsWith("/" + replay.secondQueue());
        assertThat(next.texts("NextMarker")).isEmpty();
    }

    @Test
    void creatingAQueueIsAnsweredWith201AndThenWith204() throws IOException {
        WireAnswer created = createQueue("<VisibilityTimeout>45</VisibilityTimeout>");
        WireAnswer again = replay.createQueue("php-send-message", queueDocument("<VisibilityTimeout>45</VisibilityTimeout>"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.findExactly("Location").orElseThrow().split("/", -1)).hasSize(5);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.findExactly("Location")).isEqualTo(created.findExactly("Location"));
    }

    @Test
    void booleansBeginWithACapitalLetter() throws IOException {
        createQueue("<LoggingEnabled>True</LoggingEnabled>");

        assertThat(answerOf(attributes(), 200).text("LoggingEnabled")).isEqualTo("True");
    }

    @Test
    void changingAttributesIsAnsweredWith204() throws IOException {
        createQueue("");

        WireAnswer changed = replay.send(
                replay.requestLike("php-send-message", "PUT", "/queues/" + replay.queue() + "?metaoverride=true")
                        .withBody(queueDocument("<DelaySeconds>7</DelaySeconds>")));

        assertThat(changed.status()).isEqualTo(204);
        assertThat(answerOf(attributes(), 200).text("DelaySeconds")).isEqualTo("7");
    }

    private WireAnswer createQueue(String attributes) throws IOException {
        WireAnswer created = replay.createQueue("php-send-message", queueDocument(attributes));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created;
    }

    private static String queueDocument(String attributes) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Queue xmlns=\"http://mns.aliyuncs.com/doc/v1/\">" + attributes
                + "</Queue>\n";
    }

    private WireRequest attributes() {
        return replay.requestLike("php-delete-message", "GET", "/queues/" + replay.queue());
    }

    private WireRequest delete(String encodedHandle) {
        WireRequest captured = replay.request("php-delete-message");
        return captured.withTarget(
                captured.target().replace("1-ODU4OTkzNDU5NC0xNDM1MTk3NjAwLTItNg%3D%3D", encodedHandle));
    }

    /** The handle with its first character percent-encoded: ours need no encoding, but the server must undo it all the same. */
    private static String percentEncoded(String handle) {
        return String.format("%%%02X%s", (int) handle.charAt(0), handle.substring(1));
    }

    private AnswerXML answerOf(WireRequest request, int status) throws IOException {
        WireAnswer answer = replay.send(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return AnswerXML.parse(answer.body());
    }
}
