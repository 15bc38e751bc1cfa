package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is published reaches a real receiver. Wire specification 8.6 and 10. */
@Execution(ExecutionMode.CONCURRENT)
class TopicPushIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private HttpServer receiver;
    private String topic;

    /** One push as it arrived. */
    private record Push(String target, Headers headers, String body, long atMillis) {}

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushes.add(new Push(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            exchange.close();
        });
        receiver.start();
        topic = "/topics/" + server.freshName("push");
        server.call(server.put(topic)).assertStatus(201);
    }

    @AfterEach
    void stop() {
        server.call(server.delete(topic)).assertStatus(204);
        receiver.stop(0);
    }

    private void subscribe(String name, String path, String... elements) {
        String endpoint =
                element("Endpoint", "http://127.0.0.1:" + receiver.getAddress().getPort() + path);
        server.call(server.put(topic + "/subscriptions/" + name)
                        .body("<Subscription>" + endpoint + String.join("", elements) + "</Subscription>"))
                .assertStatus(201);
    }

    private String publish(String body, String... elements) {
        return server.call(server.post(topic + "/messages").body(Documents.message(body, elements)))
                .assertStatus(201)
                .value("MessageId");
    }

    private Push nextPush() throws InterruptedException {
        Push push = pushes.poll(30, TimeUnit.SECONDS);
        assertThat(push).as("a push within 30 s").isNotNull();
        return push;
    }

    private long messageCount() {
        return server.call(server.get(topic)).assertStatus(200).number("MessageCount");
    }

    @Test
    void aPushCarriesTheMessageAndWhatItIsCheckedBy() throws Exception {
        subscribe("s", "/hook?a=b");

        String id = publish("hello", element("MessageTag", "red"));

        Push push = nextPush();
        assertThat(push.target()).isEqualTo("/hook?a=b");
        assertThat(push.body())
                .contains("<MessageId>" + id + "</MessageId>")
                .contains("<Message>hello</Message>")
                .contains("<MessageTag>red</MessageTag>");
        assertThat(push.headers().getFirst("Content-Type")).isEqualTo("text/xml;charset=utf-8");
        assertThat(push.headers().getFirst("User-Agent")).isEqualTo("Aliyun Notification Service Agent");
        String certificate = new String(
                Base64.getDecoder().decode(push.headers().getFirst("x-mns-signing-cert-url")), StandardCharsets.UTF_8);
        assertThat(certificate).endsWith("/notification/certificate.pem");
        await().atMost(Duration.ofSeconds(10)).until(() -> messageCount() == 0);
    }

    @Test
    void everySubscriptionGetsItInItsOwnForm() throws Exception {
        subscribe("a", "/a", element("NotifyContentFormat", "SIMPLIFIED"));
        subscribe("b", "/b", element("NotifyContentFormat", "JSON"));

        publish("both");

        Push[] both = {nextPush(), nextPush()};
        Arrays.sort(both, (one, other) -> one.target().compareTo(other.target()));
        assertThat(both[0].body()).isEqualTo("both");
        assertThat(both[1].body()).startsWith("{").contains("\"Message\":\"both\"");
    }

    @Test
    void aFailedPushIsRepeatedAfterTenToTwentySeconds() throws Exception {
        answers.add(500);
        subscribe("s", "/");

        publish("again");

        Push first = nextPush();
        Push second = nextPush();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().getFirst("x-mns-request-id"))
                .isNotEqualTo(first.headers().getFirst("x-mns-request-id"));
        assertThat(second.atMillis() - first.atMillis()).isGreaterThanOrEqualTo(9_900);
        await().atMost(Duration.ofSeconds(10)).until(() -> messageCount() == 0);
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed() throws Exception {
        answers.add(307);
        subscribe("s", "/first");

        publish("moved");

        assertThat(nextPush().target()).isEqualTo("/first");
        assertThat(messageCount()).isEqualTo(1);
    }

    @Test
    void addressesThatAreNotPushedToAreRefusedAtOnce() {
        for (String endpoint : new String[] {
            "http://10.0.0.1/", "http://169.254.169.254/latest", "http://[fe80::1]/", "http://127.0.0.1:22/",
            "http://2130706433/", "ftp://127.0.0.1/", "mail:directmail:a@b.example", "sms:directsms:anonymous"
        }) {
            server.call(server.put(topic + "/subscriptions/s")
                            .body("<Subscription>" + element("Endpoint", endpoint) + "</Subscription>"))
                    .assertError(400, "EndpointInvalid");
        }
    }

    @Test
    void theCertificateIsThereForAnybody() {
        Answer answer = server.exchange(server.get("/notification/certificate.pem"));

        assertThat(new String(answer.assertStatus(200).raw().body(), StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN CERTIFICATE-----");
    }
}
