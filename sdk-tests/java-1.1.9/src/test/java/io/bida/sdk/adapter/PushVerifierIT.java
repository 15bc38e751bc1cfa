package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.mns.client.CloudTopic;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Base64TopicMessage;
import com.aliyun.mns.model.SubscriptionMeta;
import com.aliyun.mns.model.TopicMeta;
import com.aliyun.mns.sample.HttpEndpoint;
import io.bida.sdk.ServerUnderTest;
import java.net.InetAddress;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.http.impl.bootstrap.HttpServer;
import org.apache.http.impl.bootstrap.ServerBootstrap;
import org.apache.http.protocol.HttpRequestHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SDK's own receiver of pushes, which fetches the certificate and checks the signature; only the 1.1.9 line brings
 * it. Here it listens on loopback only.
 */
class PushVerifierIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private MNSClient mns;
    private CloudTopic topic;
    private HttpServer receiver;

    @BeforeEach
    void start() throws Exception {
        HttpEndpoint endpoint = new HttpEndpoint();
        receiver = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setListenerPort(0)
                .registerHandler("/notifications", noting(endpoint.new NSHandler()))
                .registerHandler("/simplified", noting(endpoint.new SimplifiedNSHandler()))
                .create();
        receiver.start();
        mns = ThisSdk.connect(SERVER, SERVER.accountEndpoint());
        TopicMeta meta = new TopicMeta();
        meta.setTopicName("verified-" + UUID.randomUUID());
        topic = mns.createTopic(meta);
    }

    @AfterEach
    void stop() {
        topic.delete();
        mns.close();
        receiver.shutdown(1, TimeUnit.SECONDS);
    }

    private HttpRequestHandler noting(HttpRequestHandler official) {
        return (request, response, context) -> {
            official.handle(request, response, context);
            answers.add(response.getStatusLine().getStatusCode());
        };
    }

    private void subscribe(SubscriptionMeta.NotifyContentFormat format, String path) {
        SubscriptionMeta meta = new SubscriptionMeta();
        meta.setSubscriptionName("s");
        meta.setEndpoint("http://127.0.0.1:" + receiver.getLocalPort() + path);
        meta.setNotifyContentFormat(format);
        topic.subscribe(meta);
    }

    private void publish(String body) {
        Base64TopicMessage message = new Base64TopicMessage();
        message.setMessageBody(body);
        message.setMessageTag("tag");
        topic.publishMessage(message);
    }

    @Test
    void aPushWithoutAPathOfItsOwnIsAccepted() throws Exception {
        subscribe(SubscriptionMeta.NotifyContentFormat.XML, "");

        publish("first");
        publish("second");

        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(204);
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource(names = {"XML", "SIMPLIFIED"})
    void theSignatureOfEachFormIsAccepted(SubscriptionMeta.NotifyContentFormat format) throws Exception {
        boolean isXml = format == SubscriptionMeta.NotifyContentFormat.XML;
        subscribe(format, isXml ? "/notifications" : "/simplified");

        publish("körper");

        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(204);
    }
}
