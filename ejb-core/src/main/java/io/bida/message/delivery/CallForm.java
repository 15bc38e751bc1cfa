package io.bida.message.delivery;

import io.bida.error.ErrorCode;
import io.bida.error.RelayedException;
import io.bida.error.ServiceException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.NewMessage;
import io.bida.message.PeekedMessage;
import io.bida.message.Priority;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.queue.QueueStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The bytes of what nodes say to each other about messages: version (1), then field by field, numbers big endian, texts
 * and bodies as length (4) and UTF-8.
 *
 * <p>Times are milliseconds since 1970. Nodes of one cluster may be of two neighbouring releases during an upgrade, so
 * a new field needs a new version, which both sides read.
 */
final class CallForm {

    static final byte VERSION = 1;

    private static final int ANSWERED = 0;
    private static final int REFUSED = 1;
    private static final int NOT_LEADER = 2;

    private CallForm() {}

    /** Writes or reads one value; the stream is in memory, so it fails only on bytes of another form. */
    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads one value. */
    @FunctionalInterface
    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    /** Bytes of this form. */
    static byte[] write(Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            content.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What the bytes say. */
    static <T> T read(byte[] bytes, Reading<T> content) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IOException("a call of form " + version + ", which this release does not know");
            }
            return content.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An outcome: a value, or why there is none. */
    static void writeOutcome(
            DataOutputStream out, @org.jspecify.annotations.Nullable ServiceException failure, Writing value)
            throws IOException {
        if (failure == null) {
            out.writeByte(ANSWERED);
            value.to(out);
        } else if (failure instanceof NotLeaderException) {
            out.writeByte(NOT_LEADER);
        } else {
            out.writeByte(REFUSED);
            writeText(out, failure.code().name());
            writeText(out, failure.getMessage());
        }
    }

    /** Of an outcome: what is made of the value, or of the refusal. */
    static <T, R> R readOutcome(
            DataInputStream in, Reading<T> value, Function<T, R> answered, Function<ServiceException, R> refused)
            throws IOException {
        int outcome = in.readByte();
        return switch (outcome) {
            case ANSWERED -> answered.apply(value.from(in));
            case NOT_LEADER -> refused.apply(new NotLeaderException());
            case REFUSED -> refused.apply(new RelayedException(ErrorCode.valueOf(readText(in)), readText(in)));
            default -> throw new IOException("unknown outcome " + outcome);
        };
    }

    static void writeNew(DataOutputStream out, Outgoing outgoing) throws IOException {
        NewMessage message = outgoing.message();
        writeBytes(out, message.body().bytes());
        out.writeByte(message.priority().value());
        out.writeInt(outgoing.delaySeconds());
        out.writeInt(outgoing.retentionSeconds());
        writeProperties(out, message.properties());
    }

    static Outgoing readNew(DataInputStream in) throws IOException {
        MessageBody body = MessageBody.ofBytes(readBytes(in));
        Priority priority = new Priority(in.readByte());
        int delay = in.readInt();
        int retention = in.readInt();
        MessageProperties properties = readProperties(in);
        return new Outgoing(new NewMessage(body, priority, OptionalInt.of(delay), properties), delay, retention);
    }

    static void writeSent(DataOutputStream out, SentMessage sent) throws IOException {
        writeText(out, sent.id().toString());
        writeText(out, sent.bodyMd5());
        writeText(out, sent.receiptHandle().map(ReceiptHandle::text).orElse(""));
    }

    static SentMessage readSent(DataInputStream in) throws IOException {
        MessageId id = readId(in);
        String md5 = readText(in);
        String handle = readText(in);
        return new SentMessage(id, md5, handle.isEmpty() ? Optional.empty() : Optional.of(new ReceiptHandle(handle)));
    }

    static void writeReceived(DataOutputStream out, ReceivedMessage message) throws IOException {
        writeText(out, message.id().toString());
        writeText(out, message.receiptHandle().text());
        writeBytes(out, message.body().bytes());
        writeProperties(out, message.properties());
        out.writeByte(message.priority().value());
        out.writeLong(message.enqueuedAt().toEpochMilli());
        out.writeLong(message.nextVisibleAt().toEpochMilli());
        out.writeLong(message.firstDequeuedAt().toEpochMilli());
        out.writeInt(message.dequeueCount());
    }

    static ReceivedMessage readReceived(DataInputStream in) throws IOException {
        return new ReceivedMessage(
                readId(in),
                new ReceiptHandle(readText(in)),
                MessageBody.ofBytes(readBytes(in)),
                readProperties(in),
                new Priority(in.readByte()),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                in.readInt());
    }

    static void writePeeked(DataOutputStream out, PeekedMessage message) throws IOException {
        writeText(out, message.id().toString());
        writeBytes(out, message.body().bytes());
        writeProperties(out, message.properties());
        out.writeByte(message.priority().value());
        out.writeLong(message.enqueuedAt().toEpochMilli());
        out.writeLong(message.firstDequeuedAt().toEpochMilli());
        out.writeInt(message.dequeueCount());
    }

    static PeekedMessage readPeeked(DataInputStream in) throws IOException {
        return new PeekedMessage(
                readId(in),
                MessageBody.ofBytes(readBytes(in)),
                readProperties(in),
                new Priority(in.readByte()),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                in.readInt());
    }

    static void writeChanged(DataOutputStream out, ChangedVisibility changed) throws IOException {
        writeText(out, changed.receiptHandle().text());
        out.writeLong(changed.nextVisibleAt().toEpochMilli());
    }

    static ChangedVisibility readChanged(DataInputStream in) throws IOException {
        return new ChangedVisibility(new ReceiptHandle(readText(in)), Instant.ofEpochMilli(in.readLong()));
    }

    static void writeCounts(DataOutputStream out, Map<Long, QueueStatistics> counts) throws IOException {
        writeEach(out, List.copyOf(counts.entrySet()), (each, count) -> {
            each.writeLong(count.getKey());
            each.writeLong(count.getValue().active());
            each.writeLong(count.getValue().inactive());
            each.writeLong(count.getValue().delayed());
        });
    }

    static Map<Long, QueueStatistics> readCounts(DataInputStream in) throws IOException {
        Map<Long, QueueStatistics> counts = new HashMap<>();
        int queues = in.readInt();
        for (int i = 0; i < queues; i++) {
            counts.put(in.readLong(), new QueueStatistics(in.readLong(), in.readLong(), in.readLong()));
        }
        return counts;
    }

    /** A list: how many, then each. */
    static <T> void writeEach(DataOutputStream out, List<T> values, Each<T> writing) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            writing.write(out, value);
        }
    }

    /** Writes one of many. */
    @FunctionalInterface
    interface Each<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    static <T> List<T> readEach(DataInputStream in, Reading<T> reading) throws IOException {
        int count = in.readInt();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reading.from(in));
        }
        return values;
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static MessageId readId(DataInputStream in) throws IOException {
        String text = readText(in);
        return MessageId.parse(text).orElseThrow(() -> new IOException("no message id: " + text));
    }

    private static void writeProperties(DataOutputStream out, MessageProperties properties) throws IOException {
        writeText(out, properties.messageGroupId().orElse(""));
        out.writeBoolean(properties.messageGroupId().isPresent());
        writeEach(out, properties.system(), CallForm::writeProperty);
        writeEach(out, properties.user(), CallForm::writeProperty);
    }

    private static MessageProperties readProperties(DataInputStream in) throws IOException {
        String group = readText(in);
        Optional<String> groupId = in.readBoolean() ? Optional.of(group) : Optional.empty();
        return new MessageProperties(
                groupId, readEach(in, CallForm::readProperty), readEach(in, CallForm::readProperty));
    }

    private static void writeProperty(DataOutputStream out, MessageProperty property) throws IOException {
        writeText(out, property.name());
        writeText(out, property.value());
        writeText(out, property.type().name());
    }

    private static MessageProperty readProperty(DataInputStream in) throws IOException {
        return new MessageProperty(readText(in), readText(in), MessageProperty.Type.valueOf(readText(in)));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " in a call");
        }
        return in.readNBytes(length);
    }
}
