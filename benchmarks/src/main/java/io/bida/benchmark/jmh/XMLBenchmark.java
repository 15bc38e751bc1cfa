package io.bida.benchmark.jmh;

import io.bida.api.xml.MessageDocument;
import io.bida.api.xml.MessagesDocument;
import io.bida.api.xml.ReceiptHandlesDocument;
import io.bida.api.xml.SendDocument;
import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageProperties;
import io.bida.message.Priority;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The documents of the message path: an operation is one whole document, read from bytes or written to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class XMLBenchmark {

    private static final int BATCH = 16;
    private static final String NAMESPACE = " xmlns=\"http://mns.aliyuncs.com/doc/v1\"";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String HANDLE =
            "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg-0123456789012345678901234567890123456789";

    /** Bytes of a body. */
    @Param({"200", "1024", "16384"})
    public int bodyBytes;

    private byte[] send = new byte[0];
    private byte[] sendBatch = new byte[0];
    private byte[] deleteBatch = new byte[0];
    private List<ReceivedMessage> received = List.of();
    private final SentMessage sent = new SentMessage(
            new MessageId(0xA7, 0, 0x0C5A3F2B10000040L), "0733351879B2FA9BD05C7CA3061529C0", Optional.empty());

    /** Makes the documents. */
    @Setup
    public void make() {
        Random random = new Random(1);
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < bodyBytes; i++) {
            body.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String content =
                "<MessageBody>" + body + "</MessageBody><DelaySeconds>0</DelaySeconds><Priority>8</Priority></Message>";
        String declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>";
        send = (declaration + "<Message" + NAMESPACE + ">" + content).getBytes(StandardCharsets.UTF_8);
        sendBatch = (declaration + "<Messages" + NAMESPACE + ">" + ("<Message>" + content).repeat(BATCH)
                        + "</Messages>")
                .getBytes(StandardCharsets.UTF_8);
        deleteBatch = (declaration + "<ReceiptHandles" + NAMESPACE + ">"
                        + ("<ReceiptHandle>" + HANDLE + "</ReceiptHandle>").repeat(BATCH) + "</ReceiptHandles>")
                .getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.ofEpochMilli(1_795_406_200_000L);
        received = Collections.nCopies(
                BATCH,
                new ReceivedMessage(
                        sent.id(),
                        new ReceiptHandle(HANDLE),
                        MessageBody.of(body.toString()),
                        MessageProperties.NONE,
                        new Priority(8),
                        now,
                        now,
                        now,
                        1));
    }

    /** The request of a SendMessage. */
    @Benchmark
    public SendDocument readSend() {
        return SendDocument.read(send);
    }

    /** The request of a BatchSendMessage with 16 messages. */
    @Benchmark
    public SendDocument readSendBatch() {
        return SendDocument.read(sendBatch);
    }

    /** The request of a BatchDeleteMessage with 16 handles; the size of bodies does not matter. */
    @Benchmark
    public List<String> readDeleteBatch() {
        return ReceiptHandlesDocument.read(deleteBatch);
    }

    /** The answer to a SendMessage; the size of the body does not matter. */
    @Benchmark
    public byte[] writeSent() {
        return MessageDocument.write(sent);
    }

    /** The answer to a ReceiveMessage, with the MD5 of the body. */
    @Benchmark
    public byte[] writeReceived() {
        return MessageDocument.write(received.get(0));
    }

    /** The answer to a BatchReceiveMessage with 16 messages. */
    @Benchmark
    public byte[] writeReceivedBatch() {
        return MessagesDocument.writeReceived(received);
    }
}
