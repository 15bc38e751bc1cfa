package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.mns.client.CloudQueue;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Message;
import io.bida.sdk.ServerUnderTest;
import io.bida.sdk.wire.WireRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Messages of newer senders, which carry elements that this line of the SDK does not know. */
class NewerMessagesIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private static final String WITH_PROPERTIES = """
            <?xml version="1.0" encoding="UTF-8"?><Message xmlns="http://mns.aliyuncs.com/doc/v1">\
            <MessageBody>aGVsbG8=</MessageBody><Priority>3</Priority>\
            <UserProperties><PropertyValue><Name>MessageBody</Name><Value>not the body</Value><Type>STRING</Type>\
            </PropertyValue></UserProperties>\
            <SystemProperties><SystemPropertyValue><Name>traceparent</Name><Value>00-abc</Value><Type>STRING</Type>\
            </SystemPropertyValue></SystemProperties><MessageGroupId>group</MessageGroupId></Message>""";

    @Test
    void aMessageWithPropertiesIsReceivedWithoutThem() throws Exception {
        MNSClient mns = ThisSdk.connect(SERVER, SERVER.endpoint().toString());
        String name = "newer-" + UUID.randomUUID();
        CloudQueue queue = mns.getQueueRef(name);
        queue.create();
        WireRequest send = WireRequest.of("POST", "/queues/" + name + "/messages")
                .with("content-type", "text/xml;charset=UTF-8")
                .with("x-mns-version", "2015-06-06")
                .withBody(WITH_PROPERTIES);

        assertThat(send.signedNowFor(SERVER).sendTo(SERVER).status()).isEqualTo(201);
        Message received = queue.popMessage(10);

        assertThat(received.getMessageBody()).isEqualTo("hello");
        assertThat(received.getPriority()).isEqualTo(3);
        queue.delete();
        mns.close();
    }
}
