package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.client.TransactionQueue;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.QueueMeta;
import io.bida.sdk.ServerUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The SDK's helper for sending a message only if a local transaction succeeds.
 *
 * <p>It is built on delayed messages: prepare is a send delayed by two days, commit a change of its visibility to one
 * second, rollback a deletion; each with the handle that the send answered.
 */
@SuppressWarnings("deprecation") // 2.0.0 marks the helper, but programs that have it go on using it
class TransactionQueueIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private MNSClient mns;
    private TransactionQueue queue;

    @BeforeEach
    void createTheQueues() {
        mns = ThisSdk.connect(SERVER, SERVER.accountEndpoint());
        QueueMeta meta = new QueueMeta();
        meta.setQueueName("transaction-" + UUID.randomUUID());
        meta.setPollingWaitSeconds(5);
        queue = mns.createTransQueue(meta);
    }

    @AfterEach
    void deleteTheQueues() {
        queue.delete();
        mns.close();
    }

    @Test
    void aPreparedMessageIsNotReceived() throws Exception {
        queue.sendPrepareMessage(new Message("prepared"));

        assertThat(queue.getInnerQueue().popMessage(1)).isNull();
    }

    @Test
    void aCommittedMessageIsReceived() throws Exception {
        Message sent = queue.sendTransMessage(new Message("committed"), prepared -> true);

        Message received = queue.getInnerQueue().popMessage(10);

        assertThat(received.getMessageId()).isEqualTo(sent.getMessageId());
        assertThat(received.getMessageBody()).isEqualTo("committed");
    }

    @Test
    void aRolledBackMessageIsGone() throws Exception {
        Message sent = queue.sendTransMessage(new Message("rolled back"), prepared -> false);

        assertThat(sent).isNull();
        assertThat(queue.getInnerQueue().getAttributes().getDelayMessages()).isZero();
    }

    @Test
    void theOperationLogIsEmptyAfterwards() throws Exception {
        queue.sendTransMessage(new Message("committed"), prepared -> true);
        queue.sendTransMessage(new Message("rolled back"), prepared -> false);

        QueueMeta log = queue.getTransOpLogQueue().getAttributes();

        assertThat(log.getDelayMessages()).isZero();
        assertThat(log.getActiveMessages()).isZero();
        assertThat(log.getInactiveMessages()).isZero();
    }

    @Test
    void aPreparedMessageCanBeRolledBackByHand() throws Exception {
        Message prepared = queue.sendPrepareMessage(new Message("prepared"));

        queue.rollbackMessage(prepared);

        assertThat(queue.getInnerQueue().getAttributes().getDelayMessages()).isZero();
    }
}
