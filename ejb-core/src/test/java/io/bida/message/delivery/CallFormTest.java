package io.bida.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.NewMessage;
import io.bida.message.PeekedMessage;
import io.bida.message.Priority;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.message.delivery.CallForm.Each;
import io.bida.message.delivery.CallForm.Reading;
import io.bida.queue.QueueStatistics;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallFormTest {

    private static final MessageId ID = new MessageId(7, 3, 4711);
    private static final Instant TIME = Instant.ofEpochMilli(1_800_000_000_123L);
    private static final MessageProperties PROPERTIES = new MessageProperties(
            Optional.of("group"),
            List.of(new MessageProperty("traceparent", "00-1", MessageProperty.Type.STRING)),
            List.of(new MessageProperty("数", "一", MessageProperty.Type.NUMBER)));

    private static <T> T there(T value, Each<T> writing, Reading<T> reading) {
        return CallForm.read(CallForm.write(out -> writing.write(out, value)), reading);
    }

    @Test
    void aNewMessageArrivesAsItWas() {
        NewMessage message = new NewMessage(MessageBody.of("必达"), new Priority(3), OptionalInt.of(9), PROPERTIES);

        Outgoing there = there(new Outgoing(message, 9, 600), CallForm::writeNew, CallForm::readNew);

        assertThat(there.message()).isEqualTo(message);
        assertThat(there.delaySeconds()).isEqualTo(9);
        assertThat(there.retentionSeconds()).isEqualTo(600);
        assertThat(there.bodyMd5()).isEqualTo(message.body().md5());
    }

    @Test
    void answersArriveAsTheyWere() {
        SentMessage sent = new SentMessage(ID, "MD5", Optional.of(new ReceiptHandle("h")));
        SentMessage without = new SentMessage(ID, "MD5", Optional.empty());
        ReceivedMessage received = new ReceivedMessage(
                ID, new ReceiptHandle("h"), MessageBody.of("x"), PROPERTIES, Priority.DEFAULT, TIME, TIME, TIME, 5);
        PeekedMessage peeked =
                new PeekedMessage(ID, MessageBody.of("x"), MessageProperties.NONE, Priority.DEFAULT, TIME, TIME, 0);
        ChangedVisibility changed = new ChangedVisibility(new ReceiptHandle("new"), TIME);
        Map<Long, QueueStatistics> counts =
                Map.of(7L, new QueueStatistics(1, 2, 3), Long.MAX_VALUE, QueueStatistics.EMPTY);

        assertThat(there(sent, CallForm::writeSent, CallForm::readSent)).isEqualTo(sent);
        assertThat(there(without, CallForm::writeSent, CallForm::readSent)).isEqualTo(without);
        assertThat(there(received, CallForm::writeReceived, CallForm::readReceived))
                .isEqualTo(received);
        assertThat(there(peeked, CallForm::writePeeked, CallForm::readPeeked)).isEqualTo(peeked);
        assertThat(there(changed, CallForm::writeChanged, CallForm::readChanged))
                .isEqualTo(changed);
        assertThat(there(counts, CallForm::writeCounts, CallForm::readCounts)).isEqualTo(counts);
    }

    private static ServiceException refusalThere(ServiceException refusal) {
        byte[] bytes = CallForm.write(out -> CallForm.writeOutcome(out, refusal, value -> {}));
        return CallForm.read(
                bytes,
                in -> CallForm.readOutcome(
                        in,
                        value -> true,
                        answered -> {
                            throw new AssertionError("answered");
                        },
                        refused -> refused));
    }

    @Test
    void aRefusalArrivesWithItsCodeAndText() {
        ServiceException there = refusalThere(new MessageNotExistException());

        assertThat(there.code()).isEqualTo(ErrorCode.MESSAGE_NOT_EXIST);
        assertThat(there).hasMessage(new MessageNotExistException().getMessage());
        assertThat(refusalThere(new NotLeaderException())).isInstanceOf(NotLeaderException.class);
    }

    @Test
    void otherFormsAndLengthsBeyondTheEndAreRefused() {
        byte[] text = CallForm.write(out -> CallForm.writeText(out, "abc"));
        byte[] newer = text.clone();
        newer[0] = 2;
        byte[] longer = text.clone();
        longer[4] = 100;

        assertThat(CallForm.<String>read(text, CallForm::readText)).isEqualTo("abc");
        assertThatThrownBy(() -> CallForm.<String>read(newer, CallForm::readText))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("form 2");
        assertThatThrownBy(() -> CallForm.<String>read(longer, CallForm::readText))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("length of 100");
    }
}
