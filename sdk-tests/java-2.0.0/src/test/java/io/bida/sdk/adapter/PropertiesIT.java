package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.mns.client.CloudQueue;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.MessagePropertyValue;
import com.aliyun.mns.model.MessageSystemPropertyName;
import com.aliyun.mns.model.MessageSystemPropertyValue;
import com.aliyun.mns.model.PropertyType;
import com.aliyun.mns.model.SystemPropertyType;
import io.bida.sdk.ServerUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** User properties, system properties and the group of a message, which the SDK knows since 1.4.0. */
class PropertiesIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private MNSClient mns;
    private CloudQueue queue;

    @BeforeEach
    void createTheQueue() {
        mns = ThisSdk.connect(SERVER, SERVER.accountEndpoint());
        queue = mns.getQueueRef("properties-" + UUID.randomUUID());
        queue.create();
    }

    @AfterEach
    void deleteTheQueue() {
        queue.delete();
        mns.close();
    }

    @Test
    void userPropertiesOfEveryTypeArriveAsTheyWereSent() throws Exception {
        queue.putMessage(aMessageWithProperties("with properties"));

        Message received = queue.popMessage(10);

        assertProperties(received);
    }

    @Test
    void aPeekedMessageShowsItsProperties() throws Exception {
        queue.putMessage(aMessageWithProperties("with properties"));

        assertProperties(queue.peekMessage());
    }

    @Test
    void eachMessageOfABatchKeepsItsOwnProperties() throws Exception {
        Message plain = new Message("without properties");
        plain.setPriority(1);
        queue.batchPutMessage(List.of(plain, aMessageWithProperties("with properties")));

        List<Message> received = queue.batchPopMessage(16, 10);

        assertThat(received).hasSize(2);
        assertThat(received.get(0).getUserProperties()).isEmpty();
        assertProperties(received.get(1));
    }

    @Test
    void systemPropertiesArriveAsTheyWereSent() throws Exception {
        Message message = new Message("traced");
        message.putSystemProperty(
                MessageSystemPropertyName.TRACE_PARENT,
                new MessageSystemPropertyValue(
                        SystemPropertyType.STRING, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        message.putSystemProperty(
                MessageSystemPropertyName.BAGGAGE,
                new MessageSystemPropertyValue(SystemPropertyType.STRING, "user=a&b,region=<eu>"));
        queue.putMessage(message);

        Message received = queue.popMessage(10);

        assertThat(received.getSystemProperty(MessageSystemPropertyName.TRACE_PARENT)
                        .getStringValueByType())
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(received.getSystemProperty(MessageSystemPropertyName.BAGGAGE).getStringValueByType())
                .isEqualTo("user=a&b,region=<eu>");
    }

    @Test
    void theGroupOfAMessageArrives() throws Exception {
        Message message = new Message("grouped");
        message.setMessageGroupId("order-4711");
        queue.putMessage(message);

        assertThat(queue.popMessage(10).getMessageGroupId()).isEqualTo("order-4711");
    }

    private static Message aMessageWithProperties(String body) {
        Message message = new Message(body);
        message.getUserProperties().put("text", new MessagePropertyValue("值 <&> \"x\""));
        message.getUserProperties().put("number", new MessagePropertyValue(PropertyType.NUMBER, "-2.5"));
        message.getUserProperties().put("flag", new MessagePropertyValue(true));
        message.getUserProperties().put("bytes", new MessagePropertyValue("AB".getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    private static void assertProperties(Message message) {
        assertThat(message.getMessageBody()).isEqualTo("with properties");
        assertThat(message.getUserProperties()).containsOnlyKeys("text", "number", "flag", "bytes");
        assertThat(property(message, "text").getStringValue()).isEqualTo("值 <&> \"x\"");
        assertThat(property(message, "text").getDataType()).isEqualTo(PropertyType.STRING);
        assertThat(property(message, "number").getStringValue()).isEqualTo("-2.5");
        assertThat(property(message, "number").getDataType()).isEqualTo(PropertyType.NUMBER);
        assertThat(property(message, "flag").getStringValue()).isEqualTo("true");
        assertThat(property(message, "flag").getDataType()).isEqualTo(PropertyType.BOOLEAN);
        assertThat(property(message, "bytes").getBinaryValue()).isEqualTo("AB".getBytes(StandardCharsets.UTF_8));
        assertThat(property(message, "bytes").getDataType()).isEqualTo(PropertyType.BINARY);
    }

    private static MessagePropertyValue property(Message message, String name) {
        return Objects.requireNonNull(message.getUserProperties().get(name), name);
    }
}
