package io.bida.sdk.adapter;

import static io.bida.sdk.QueueSetting.DELAY_SECONDS;
import static io.bida.sdk.QueueSetting.MAXIMUM_MESSAGE_SIZE;
import static io.bida.sdk.QueueSetting.MESSAGE_RETENTION_PERIOD;
import static io.bida.sdk.QueueSetting.POLLING_WAIT_SECONDS;
import static io.bida.sdk.QueueSetting.VISIBILITY_TIMEOUT;

import com.aliyun.mns.model.AccountAttributes;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.Message.MessageBodyType;
import com.aliyun.mns.model.QueueMeta;
import io.bida.sdk.IncomingMessage;
import io.bida.sdk.OutgoingMessage;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.QueueView;
import io.bida.sdk.SentMessage;
import java.util.Date;
import java.util.Optional;

/** The SDK's values in our words, and ours in the SDK's. */
final class Translation {

    private Translation() {}

    static QueueMeta toSdk(String queue, QueueSettings settings) {
        QueueMeta meta = new QueueMeta();
        meta.setQueueName(queue);
        settings.find(DELAY_SECONDS).ifPresent(meta::setDelaySeconds);
        settings.find(MAXIMUM_MESSAGE_SIZE).ifPresent(meta::setMaxMessageSize);
        settings.find(MESSAGE_RETENTION_PERIOD).ifPresent(meta::setMessageRetentionPeriod);
        settings.find(VISIBILITY_TIMEOUT).ifPresent(meta::setVisibilityTimeout);
        settings.find(POLLING_WAIT_SECONDS).map(Long::intValue).ifPresent(meta::setPollingWaitSeconds);
        meta.setLoggingEnabled(settings.loggingEnabled());
        return meta;
    }

    @SuppressWarnings("deprecation") // 2.0.0 marks the counters, because the real service may stop filling them in
    static QueueView toView(QueueMeta meta) {
        QueueSettings settings = QueueSettings.none()
                .with(DELAY_SECONDS, meta.getDelaySeconds())
                .with(MAXIMUM_MESSAGE_SIZE, meta.getMaxMessageSize())
                .with(MESSAGE_RETENTION_PERIOD, meta.getMessageRetentionPeriod())
                .with(VISIBILITY_TIMEOUT, meta.getVisibilityTimeout())
                .with(POLLING_WAIT_SECONDS, meta.getPollingWaitSeconds());
        return new QueueView(
                meta.getQueueName(),
                meta.isLoggingEnabled() ? settings.withLogging() : settings,
                meta.getCreateTime().toInstant(),
                meta.getLastModifyTime().toInstant(),
                meta.getActiveMessages(),
                meta.getInactiveMessages(),
                meta.getDelayMessages());
    }

    static Message toSdk(OutgoingMessage outgoing) {
        Message message = new Message();
        message.setMessageBody(
                outgoing.body(), outgoing.base64() ? MessageBodyType.BASE64 : MessageBodyType.RAW_STRING);
        outgoing.priority().ifPresent(message::setPriority);
        outgoing.delaySeconds().ifPresent(message::setDelaySeconds);
        return message;
    }

    static SentMessage toSent(Message message) {
        return new SentMessage(
                message.getMessageId(), message.getMessageBodyMD5(), Optional.ofNullable(message.getReceiptHandle()));
    }

    static IncomingMessage toIncoming(Message message) {
        return new IncomingMessage(
                message.getMessageId(),
                message.getMessageBodyMD5(),
                message.getMessageBodyAsRawString(),
                message.getMessageBodyAsString(),
                Optional.ofNullable(message.getReceiptHandle()),
                message.getEnqueueTime().toInstant(),
                Optional.ofNullable(message.getNextVisibleTime()).map(Date::toInstant),
                message.getFirstDequeueTime().toInstant(),
                message.getDequeueCount(),
                message.getPriority());
    }

    static AccountAttributes accountAttributes(String loggingBucket) {
        AccountAttributes attributes = new AccountAttributes();
        attributes.setLoggingBucket(loggingBucket);
        return attributes;
    }
}
