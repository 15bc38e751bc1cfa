package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.mns.client.CloudPullTopic;
import com.aliyun.mns.client.CloudQueue;
import com.aliyun.mns.client.CloudTopic;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.PagingListResult;
import com.aliyun.mns.model.QueueMeta;
import com.aliyun.mns.model.RawTopicMessage;
import com.aliyun.mns.model.SubscriptionMeta;
import com.aliyun.mns.model.TopicMessage;
import com.aliyun.mns.model.TopicMeta;
import io.bida.sdk.ServerUnderTest;
import java.util.List;
import java.util.UUID;
import java.util.Vector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's topics: made, described, listed, subscribed to by queues, published to, deleted. */
class TopicIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private final String name = "topic-" + UUID.randomUUID();
    private MNSClient mns;
    private CloudTopic topic;
    private CloudQueue queue;

    @BeforeEach
    void createTopicAndQueue() {
        mns = ThisSdk.connect(SERVER, SERVER.accountEndpoint());
        TopicMeta meta = new TopicMeta();
        meta.setTopicName(name);
        meta.setMaxMessageSize(2048L);
        topic = mns.createTopic(meta);
        QueueMeta queueMeta = new QueueMeta();
        queueMeta.setQueueName(name);
        queueMeta.setPollingWaitSeconds(10);
        queue = mns.createQueue(queueMeta);
    }

    @AfterEach
    void deleteTopicAndQueue() {
        topic.delete();
        queue.delete();
        mns.close();
    }

    private SubscriptionMeta toQueue(String subscription, SubscriptionMeta.NotifyContentFormat format) {
        SubscriptionMeta meta = new SubscriptionMeta();
        meta.setSubscriptionName(subscription);
        meta.setEndpoint(topic.generateQueueEndpoint(name));
        meta.setNotifyContentFormat(format);
        meta.setNotifyStrategy(SubscriptionMeta.NotifyStrategy.EXPONENTIAL_DECAY_RETRY);
        return meta;
    }

    private static RawTopicMessage raw(String body) {
        RawTopicMessage message = new RawTopicMessage();
        message.setBaseMessageBody(body);
        return message;
    }

    @Test
    void aTopicTellsWhatItWasCreatedWith() throws Exception {
        TopicMeta created = topic.getAttribute();

        assertThat(created.getTopicName()).isEqualTo(name);
        assertThat(created.getMaxMessageSize()).isEqualTo(2048);
        assertThat(created.getMessageRetentionPeriod()).isEqualTo(86400);
        assertThat(created.getMessageCount()).isZero();
    }

    @Test
    void attributesCanBeChanged() throws Exception {
        TopicMeta change = new TopicMeta();
        change.setTopicName(name);
        change.setMaxMessageSize(4096L);

        topic.setAttribute(change);

        assertThat(topic.getAttribute().getMaxMessageSize()).isEqualTo(4096);
    }

    @Test
    void topicsAreListed() throws Exception {
        PagingListResult<TopicMeta> listed = mns.listTopic(name, "", 10);

        assertThat(listed.getResult()).hasSize(1);
        assertThat(listed.getResult().get(0).getTopicURL()).endsWith("/topics/" + name);
    }

    @Test
    void aSubscriptionTellsWhatItWasMadeWith() throws Exception {
        SubscriptionMeta meta = toQueue("s", SubscriptionMeta.NotifyContentFormat.SIMPLIFIED);
        meta.setFilterTag("red");
        topic.subscribe(meta);

        SubscriptionMeta made = topic.getSubscriptionAttr("s");

        assertThat(made.getTopicName()).isEqualTo(name);
        assertThat(made.getEndpoint()).isEqualTo(topic.generateQueueEndpoint(name));
        assertThat(made.getFilterTag()).isEqualTo("red");
        assertThat(made.getNotifyStrategy()).isEqualTo(SubscriptionMeta.NotifyStrategy.EXPONENTIAL_DECAY_RETRY);
        assertThat(made.getNotifyContentFormat()).isEqualTo(SubscriptionMeta.NotifyContentFormat.SIMPLIFIED);
        assertThat(topic.listSubscriptions("", "", 10).getResult()).hasSize(1);
    }

    @Test
    void theStrategyOfASubscriptionCanBeChanged() throws Exception {
        topic.subscribe(toQueue("s", SubscriptionMeta.NotifyContentFormat.XML));
        SubscriptionMeta change = new SubscriptionMeta();
        change.setSubscriptionName("s");
        change.setNotifyStrategy(SubscriptionMeta.NotifyStrategy.BACKOFF_RETRY);

        topic.setSubscriptionAttr(change);

        assertThat(topic.getSubscriptionAttr("s").getNotifyStrategy())
                .isEqualTo(SubscriptionMeta.NotifyStrategy.BACKOFF_RETRY);
    }

    @Test
    void aPublishedMessageArrivesInTheQueueAsItIs() throws Exception {
        topic.subscribe(toQueue("s", SubscriptionMeta.NotifyContentFormat.SIMPLIFIED));

        TopicMessage published = topic.publishMessage(raw("körper <&>"));

        assertThat(published.getMessageId()).isNotEmpty();
        Message received = queue.popMessage(10);
        assertThat(received.getMessageBodyAsRawString()).isEqualTo("körper <&>");
        queue.deleteMessage(received.getReceiptHandle());
    }

    @Test
    void aNotificationInTheQueueNamesTheMessage() throws Exception {
        topic.subscribe(toQueue("s", SubscriptionMeta.NotifyContentFormat.XML));
        RawTopicMessage message = raw("hello");
        message.setMessageTag("red");

        TopicMessage published = topic.publishMessage(message);

        assertThat(queue.popMessage(10).getMessageBodyAsRawString())
                .contains("<TopicName>" + name + "</TopicName>")
                .contains("<MessageId>" + published.getMessageId() + "</MessageId>")
                .contains("<MessageTag>red</MessageTag>")
                .contains("<Message>hello</Message>");
    }

    @Test
    void aFilterLetsOnlyItsTagThrough() throws Exception {
        SubscriptionMeta meta = toQueue("s", SubscriptionMeta.NotifyContentFormat.SIMPLIFIED);
        meta.setFilterTag("red");
        topic.subscribe(meta);
        TopicMessage blue = raw("blue");
        blue.setMessageTag("blue");
        TopicMessage red = raw("red");
        red.setMessageTag("red");

        topic.publishMessage(blue);
        topic.publishMessage(red);

        assertThat(queue.popMessage(10).getMessageBodyAsRawString()).isEqualTo("red");
        assertThat(queue.popMessage(1)).isNull();
    }

    @Test
    void whatIsUnsubscribedGetsNothingAnyMore() throws Exception {
        topic.subscribe(toQueue("s", SubscriptionMeta.NotifyContentFormat.SIMPLIFIED));
        topic.unsubscribe("s");

        topic.publishMessage(raw("nobody"));

        assertThat(queue.popMessage(1)).isNull();
        assertThatThrownBy(() -> topic.getSubscriptionAttr("s")).hasStackTraceContaining("SubscriptionNotExist");
    }

    @Test
    void aMissingTopicIsRefused() throws Exception {
        assertThatThrownBy(() -> mns.getTopicRef(name + "-none").publishMessage(raw("b")))
                .hasStackTraceContaining("TopicNotExist");
    }

    @Test
    @SuppressWarnings("JdkObsolete") // the SDK takes nothing but a Vector
    void aPullTopicReachesEachOfItsQueues() throws Exception {
        List<String> names = List.of(name + "-a", name + "-b");
        QueueMeta template = new QueueMeta();
        template.setPollingWaitSeconds(10);
        TopicMeta meta = new TopicMeta();
        meta.setTopicName(name + "-pull");
        CloudPullTopic pull = mns.createPullTopic(meta, new Vector<>(names), true, template);

        pull.publishMessage(raw("for all"));

        for (String each : names) {
            assertThat(mns.getQueueRef(each).popMessage(10).getMessageBodyAsRawString())
                    .isEqualTo("for all");
        }
        pull.delete();
        names.forEach(each -> mns.getQueueRef(each).delete());
    }
}
