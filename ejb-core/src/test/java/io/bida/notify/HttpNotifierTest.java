package io.bida.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.notify.DeliveryResult.Outcome;
import io.bida.notify.RawEndpoint.Answer;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wildfly.security.x500.GeneralName;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;
import org.wildfly.security.x500.cert.SubjectAlternativeNamesExtension;

/** Against real sockets on loopback. */
@Timeout(60)
class HttpNotifierTest {

    private static final SigningKey KEY = SigningKey.make(Instant.parse("2026-01-02T03:04:05Z"));
    private static final InetAddress LOOPBACK = address("127.0.0.1");
    private static final char[] PASSWORD = "password".toCharArray();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<String, List<InetAddress>> hosts = new ConcurrentHashMap<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void answerOf2xxIsSuccess() {
        for (String status : new String[] {"200 OK", "201 Created", "204 No Content", "299 Fine"}) {
            RawEndpoint endpoint = endpoint(Answer.of(status, ""));

            DeliveryResult result = push(notifier(), "http://127.0.0.1:" + endpoint.port() + "/in");

            assertThat(result.isSuccess()).isTrue();
            assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(result.status()).hasValue(Integer.parseInt(status.substring(0, 3)));
        }
    }

    @Test
    void anyOtherAnswerIsFailureWithItsStatusAndText() {
        for (String status : new String[] {"300 Many", "400 No", "403 No", "404 No", "500 Oh", "503 Later"}) {
            RawEndpoint endpoint = endpoint(Answer.of(status, "because"));

            DeliveryResult result = push(notifier(), "http://127.0.0.1:" + endpoint.port() + "/in");

            assertThat(result.isSuccess()).isFalse();
            assertThat(result.outcome()).isEqualTo(Outcome.STATUS);
            assertThat(result.status()).hasValue(Integer.parseInt(status.substring(0, 3)));
            assertThat(result.text()).isEqualTo("because");
        }
    }

    @Test
    void requestGoesOverTheWireAsItWasSigned() {
        RawEndpoint endpoint = endpoint(Answer.of("204 No Content", ""));
        hosts.put("Receiver.Example", List.of(LOOPBACK));
        PushRequest push = request("http://Receiver.Example:" + endpoint.port() + "/a//b/../%41?x=%20&y", "hello");

        assertThat(notifier().push(push).join().isSuccess()).isTrue();

        List<String> lines = endpoint.requests().get(0).lines().toList();
        assertThat(lines.get(0)).isEqualTo("POST /a//b/../%41?x=%20&y HTTP/1.1");
        List<String> head = lines.subList(1, lines.indexOf(""));
        List<String> expected = new ArrayList<>(List.of(
                "Host: Receiver.Example:" + endpoint.port(),
                "Content-Length: " + push.body().length(),
                "Connection: keep-alive"));
        push.headers().forEach((name, value) -> expected.add(name + ": " + value));
        assertThat(head).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(endpoint.requests().get(0)).endsWith("\r\n\r\n" + push.body());
    }

    @Test
    void bodyOfTheLargestMessageArrives() {
        RawEndpoint endpoint = endpoint(Answer.of("200 OK", ""));

        PushRequest push = request("http://127.0.0.1:" + endpoint.port() + "/in", "x".repeat(65_536));

        assertThat(notifier().push(push).join().isSuccess()).isTrue();
        assertThat(endpoint.requests().get(0)).endsWith(push.body().toString());
    }

    @Test
    void endpointThatDoesNotAnswerIsLeftWhenTheTimeIsOver() {
        RawEndpoint[] endpoint = new RawEndpoint[1];
        endpoint[0] = endpoint(connection -> endpoint[0].never().write(connection));
        HttpNotifier notifier = notifier(Duration.ofSeconds(1));

        DeliveryResult result = push(notifier, "http://127.0.0.1:" + endpoint[0].port() + "/in");

        assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(result.status()).isEmpty();
        assertThat(result.latency()).isBetween(Duration.ofMillis(990), Duration.ofSeconds(3));
        await().atMost(10, TimeUnit.SECONDS).until(() -> notifier.connections().getLeased() == 0);
        assertThat(notifier.connections().getAvailable()).isZero();
    }

    @Test
    void connectionThatIsNotTakenIsLeftWhenTheTimeIsOver() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK);
                Socket first = new Socket();
                Socket second = new Socket()) {
            first.connect(full.getLocalSocketAddress());
            second.connect(full.getLocalSocketAddress());
            HttpNotifier notifier = notifier(Duration.ofSeconds(1));

            DeliveryResult result = push(notifier, "http://127.0.0.1:" + full.getLocalPort() + "/in");

            assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(result.latency()).isLessThan(Duration.ofSeconds(3));
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> notifier.connections().getLeased() == 0);
        }
    }

    @Test
    void portWhereNobodyListensIsRefused() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
            port = closed.getLocalPort();
        }
        HttpNotifier notifier = notifier();

        assertThat(push(notifier, "http://127.0.0.1:" + port + "/in").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(notifier.connections().getLeased()).isZero();
    }

    @Test
    void connectionThatIsResetOrClosedIsFailure() {
        RawEndpoint resets = endpoint(connection -> {
            connection.setSoLinger(true, 0);
            connection.close();
        });
        RawEndpoint closes = endpoint(Socket::close);

        assertThat(push(notifier(), "http://127.0.0.1:" + resets.port() + "/in").outcome())
                .isEqualTo(Outcome.RESET);
        assertThat(push(notifier(), "http://127.0.0.1:" + closes.port() + "/in").outcome())
                .isEqualTo(Outcome.RESET);
        assertThat(resets.requests()).hasSize(1);
    }

    @Test
    void redirectIsFailureAndNotFollowed() {
        RawEndpoint second = endpoint(Answer.of("200 OK", ""));
        for (String status : new String[] {"301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"}) {
            RawEndpoint first = endpoint(connection -> connection
                    .getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nLocation: http://127.0.0.1:" + second.port()
                                    + "/\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(UTF_8)));

            DeliveryResult result = push(notifier(), "http://127.0.0.1:" + first.port() + "/in");

            assertThat(result.outcome()).isEqualTo(Outcome.STATUS);
            assertThat(first.requests()).hasSize(1);
        }
        assertThat(second.connections()).isZero();
    }

    @Test
    void cookiesAndQuestionsForAPasswordAreIgnored() {
        String answer = String.join(
                "\r\n",
                "HTTP/1.1 401 Who",
                "WWW-Authenticate: Basic realm=x",
                "Set-Cookie: a=b",
                "Content-Length: 0",
                "",
                "");
        RawEndpoint endpoint =
                endpoint(connection -> connection.getOutputStream().write(answer.getBytes(UTF_8)));
        HttpNotifier notifier = notifier();

        push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in");
        DeliveryResult second = push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(second.status()).hasValue(401);
        assertThat(endpoint.requests()).hasSize(2).noneMatch(request -> request.contains("Cookie"));
    }

    @Test
    void longAnswerIsCutAndItsStatusCounts() {
        AtomicInteger written = new AtomicInteger();
        Answer tenMegabytes = connection -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n".getBytes(UTF_8));
            byte[] block = "0123456789abcdef".repeat(1024).getBytes(UTF_8);
            for (int i = 0; i < 640; i++) {
                out.write(block);
                written.addAndGet(block.length);
            }
        };
        RawEndpoint endpoint = endpoint(tenMegabytes);
        HttpNotifier notifier = notifier();

        DeliveryResult result = push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(result.text()).hasSizeLessThanOrEqualTo(1024);
        assertThat(result.latency()).isLessThan(Duration.ofSeconds(3));
        await().atMost(10, TimeUnit.SECONDS).until(() -> endpoint.open() == 0);
        assertThat(written.get()).isLessThan(10_485_760);
        assertThat(notifier.connections().getLeased()).isZero();
    }

    @Test
    void answerOfFourKibibytesIsReadWholeAndItsFirstIsKept() {
        RawEndpoint endpoint = endpoint(Answer.of("500 Oh", "x".repeat(4096)));
        HttpNotifier notifier = notifier();

        DeliveryResult result = push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(result.text()).isEqualTo("x".repeat(1024));
        await().atMost(10, TimeUnit.SECONDS).until(() -> notifier.connections().getAvailable() == 1);
    }

    @Test
    void answerByteByByteIsCutWhenTheTimeIsOver() {
        RawEndpoint[] endpoint = new RawEndpoint[1];
        Answer dripping = connection -> {
            connection.getOutputStream().write("HTTP/1.1 500 Oh\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
            for (int i = 0; i < 1000; i++) {
                connection.getOutputStream().write('x');
                endpoint[0].waitFor(50);
            }
        };
        endpoint[0] = endpoint(dripping);

        DeliveryResult result = push(notifier(Duration.ofSeconds(1)), "http://127.0.0.1:" + endpoint[0].port() + "/in");

        assertThat(result.status()).hasValue(500);
        assertThat(result.latency()).isBetween(Duration.ofMillis(990), Duration.ofSeconds(3));
        await().atMost(10, TimeUnit.SECONDS).until(() -> endpoint[0].open() == 0);
    }

    @Test
    void headByteByByteIsATimeout() {
        RawEndpoint[] endpoint = new RawEndpoint[1];
        endpoint[0] = endpoint(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
            for (int i = 0; i < 1000; i++) {
                connection.getOutputStream().write('x');
                endpoint[0].waitFor(50);
            }
        });

        DeliveryResult result = push(notifier(Duration.ofSeconds(1)), "http://127.0.0.1:" + endpoint[0].port() + "/in");

        assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
    }

    @Test
    void headWithoutEndIsCut() {
        for (String line : new String[] {"X: y\r\n", "x".repeat(1000)}) {
            RawEndpoint endpoint = endpoint(connection -> {
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
                for (int i = 0; i < 100_000; i++) {
                    connection.getOutputStream().write(line.getBytes(UTF_8));
                }
            });

            DeliveryResult result = push(notifier(), "http://127.0.0.1:" + endpoint.port() + "/in");

            assertThat(result.outcome()).isEqualTo(Outcome.NOT_HTTP);
        }
    }

    @Test
    void whatIsNoHttpIsFailure() {
        RawEndpoint endpoint = endpoint(connection -> {
            connection
                    .getOutputStream()
                    .write("220 mail.example ESMTP\r\n\r\n".repeat(20).getBytes(UTF_8));
            connection.close();
        });

        DeliveryResult result = push(notifier(), "http://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(result.outcome()).isIn(Outcome.NOT_HTTP, Outcome.RESET);
    }

    @Test
    void nameIsPushedToAtTheAddressThatWasChecked() {
        RawEndpoint endpoint = endpoint(Answer.of("204 No Content", ""));
        hosts.put("receiver.example", List.of(LOOPBACK));

        assertThat(push(notifier(), "http://receiver.example:" + endpoint.port() + "/in")
                        .isSuccess())
                .isTrue();
    }

    @Test
    void nameThatLeadsToAForbiddenAddressIsNotConnectedTo() {
        RawEndpoint endpoint = endpoint(Answer.of("204 No Content", ""));
        hosts.put("rebound.example", List.of(address("127.0.0.2")));
        hosts.put("metadata.example", List.of(address("169.254.169.254")));

        for (String host : new String[] {"rebound.example", "metadata.example", "127.0.0.2", "[::1]", "10.0.0.1"}) {
            DeliveryResult result = push(notifier(), "http://" + host + ":" + endpoint.port() + "/in");
            assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN_ADDRESS);
        }
        assertThat(endpoint.connections()).isZero();
    }

    @Test
    void nameThatLeadsElsewhereLaterIsCheckedAgainThoughItsConnectionIsKept() {
        RawEndpoint endpoint = endpoint(Answer.of("204 No Content", ""));
        hosts.put("rebinding.example", List.of(LOOPBACK));
        HttpNotifier notifier = notifier();
        push(notifier, "http://rebinding.example:" + endpoint.port() + "/in");
        hosts.put("rebinding.example", List.of(address("127.0.0.2")));

        DeliveryResult result = push(notifier, "http://rebinding.example:" + endpoint.port() + "/in");

        assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN_ADDRESS);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void ofSeveralAddressesOnlyThoseLetThroughAreTriedUntilOneTakesTheConnection() {
        RawEndpoint endpoint = endpoint(Answer.of("204 No Content", ""));
        hosts.put("many.example", List.of(address("10.0.0.1"), address("127.0.0.3"), LOOPBACK));
        HttpNotifier notifier = notifier(policy("127.0.0.1,127.0.0.3"), Duration.ofSeconds(5), Runnable::run);

        DeliveryResult result = push(notifier, "http://many.example:" + endpoint.port() + "/in");

        assertThat(result.isSuccess()).isTrue();
        assertThat(endpoint.connections()).isEqualTo(1);
    }

    @Test
    void unknownHostIsFailure() {
        assertThat(push(notifier(), "http://nowhere.example/in").outcome()).isEqualTo(Outcome.UNKNOWN_HOST);
    }

    @Test
    void nameServiceThatDoesNotAnswerIsATimeout() {
        NameLookup stuck = new NameLookup(
                host -> {
                    try {
                        new CountDownLatch(1).await(); // for ever
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                },
                Thread::new);
        opened.add(stuck);
        HttpNotifier notifier = keep(new HttpNotifier(
                policy("127.0.0.1"), stuck, Duration.ofSeconds(1), trustOfJava(), Thread::new, Runnable::run));

        assertThat(push(notifier, "http://stuck.example/in").outcome()).isEqualTo(Outcome.TIMEOUT);
    }

    @Test
    void forbiddenPortIsNotConnectedTo() {
        assertThat(push(notifier(), "http://127.0.0.1:22/in").outcome()).isEqualTo(Outcome.FORBIDDEN_ADDRESS);
        assertThat(push(notifier(), "http://127.0.0.1:9990/in").outcome()).isEqualTo(Outcome.FORBIDDEN_ADDRESS);
    }

    @Test
    void addressOfAFamilyThatThisJavaDoesNotSpeakIsFailureAndHoldsNoConnection() {
        HttpNotifier notifier = notifier(policy("::1/128"), Duration.ofSeconds(5), Runnable::run);

        DeliveryResult result = push(notifier, "http://[::1]:65535/in");

        // The tests run with IPv4 alone, as the server does.
        assertThat(result.outcome()).isIn(Outcome.UNREACHABLE, Outcome.REFUSED);
        assertThat(notifier.connections().getLeased()).isZero();
    }

    @Test
    void certificateThatNobodyTrustsIsFailure() throws Exception {
        RawEndpoint endpoint = endpoint(serverSockets(certificate("127.0.0.1")), Answer.of("200 OK", ""));

        DeliveryResult result = push(notifier(), "https://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(result.outcome()).isEqualTo(Outcome.TLS);
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void trustedCertificateIsGoodForItsOwnNameOnly() throws Exception {
        SelfSignedX509CertificateAndSigningKey certificate = certificate("receiver.example");
        RawEndpoint endpoint = endpoint(serverSockets(certificate), Answer.of("200 OK", ""));
        hosts.put("receiver.example", List.of(LOOPBACK));
        hosts.put("other.example", List.of(LOOPBACK));
        HttpNotifier notifier = keep(new HttpNotifier(
                policy("127.0.0.1"), names(), Duration.ofSeconds(5), trustIn(certificate), Thread::new, Runnable::run));

        assertThat(push(notifier, "https://receiver.example:" + endpoint.port() + "/in")
                        .isSuccess())
                .isTrue();
        assertThat(push(notifier, "https://other.example:" + endpoint.port() + "/in")
                        .outcome())
                .isEqualTo(Outcome.TLS);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void plainServerBehindHttpsIsFailure() {
        RawEndpoint endpoint = endpoint(Answer.of("200 OK", ""));

        DeliveryResult result = push(notifier(Duration.ofSeconds(1)), "https://127.0.0.1:" + endpoint.port() + "/in");

        assertThat(result.isSuccess()).isFalse();
    }

    @Test
    void connectionIsUsedAgain() {
        RawEndpoint endpoint = endpoint(Answer.of("200 OK", "thanks"));
        HttpNotifier notifier = notifier();

        for (int i = 0; i < 5; i++) {
            assertThat(push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in")
                            .isSuccess())
                    .isTrue();
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> notifier.connections().getAvailable() == 1);
        }

        assertThat(endpoint.requests()).hasSize(5);
        assertThat(endpoint.connections()).isEqualTo(1);
    }

    @Test
    void slowEndpointHasNoMoreThanItsShareOfConnectionsAndOthersGoOn() {
        RawEndpoint[] slow = new RawEndpoint[1];
        slow[0] = endpoint(connection -> slow[0].never().write(connection));
        RawEndpoint quick = endpoint(Answer.of("200 OK", ""));
        HttpNotifier notifier = notifier(Duration.ofSeconds(3));

        List<CompletableFuture<DeliveryResult>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(notifier.push(request("http://127.0.0.1:" + slow[0].port() + "/in", "hello")));
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> slow[0].connections() == 64);
        assertThat(notifier.connections().getPending()).isEqualTo(36);
        DeliveryResult other = push(notifier, "http://127.0.0.1:" + quick.port() + "/in");

        assertThat(other.isSuccess()).isTrue();
        assertThat(waiting).allMatch(push -> push.join().outcome() == Outcome.TIMEOUT);
        await().atMost(10, TimeUnit.SECONDS).until(() -> notifier.connections().getLeased() == 0);
        assertThat(notifier.connections().getPending()).isZero();
        assertThat(slow[0].connections()).isEqualTo(64);
    }

    @Test
    void resultsArriveWhereTheyWereOrdered() {
        RawEndpoint endpoint = endpoint(Answer.of("200 OK", ""));
        Executor named = task -> new Thread(task, "results").start();
        HttpNotifier notifier = notifier(policy("127.0.0.1"), Duration.ofSeconds(5), named);

        String thread = notifier.push(request("http://127.0.0.1:" + endpoint.port() + "/in", "hello"))
                .thenApply(result -> Thread.currentThread().getName())
                .join();

        assertThat(thread).isIn("results", Thread.currentThread().getName());
    }

    @Test
    void closingEndsWhatIsUnderWayAndWhatComesLater() throws Exception {
        RawEndpoint endpoint = endpoint(connection -> {
            int unused = connection.getInputStream().read(); // until the notifier closes it
        });
        HttpNotifier notifier = notifier(Duration.ofSeconds(30));
        CompletableFuture<DeliveryResult> waiting =
                notifier.push(request("http://127.0.0.1:" + endpoint.port() + "/in", "hello"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> endpoint.requests().size() == 1);

        notifier.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(push(notifier, "http://127.0.0.1:" + endpoint.port() + "/in").outcome())
                .isEqualTo(Outcome.STOPPED);
        await().atMost(10, TimeUnit.SECONDS).until(() -> endpoint.open() == 0);
    }

    private static DeliveryResult push(HttpNotifier notifier, String endpoint) {
        return notifier.push(request(endpoint, "hello")).join();
    }

    private static PushRequest request(String endpoint, String body) {
        return PushRequest.to(
                new Endpoint.Http(endpoint, URI.create(endpoint)),
                APublication.wantedAs(NotifyContentFormat.XML, endpoint),
                APublication.of(body),
                new PushStamp(APublication.PUBLISHED, "0123456789ABCDEF01234567", URI.create("http://example.com/pem")),
                KEY);
    }

    private HttpNotifier notifier() {
        return notifier(Duration.ofSeconds(5));
    }

    private HttpNotifier notifier(Duration timeout) {
        return notifier(policy("127.0.0.1"), timeout, Runnable::run);
    }

    private HttpNotifier notifier(AddressPolicy policy, Duration timeout, Executor results) {
        return keep(new HttpNotifier(policy, names(), timeout, trustOfJava(), Thread::new, results));
    }

    private NameLookup names() {
        return keep(new NameLookup(
                host -> {
                    List<InetAddress> addresses = hosts.get(host);
                    if (addresses == null) {
                        throw new UnknownHostException(host);
                    }
                    return addresses;
                },
                Thread::new));
    }

    private static AddressPolicy policy(String allow) {
        return PushSettings.of(name -> name.equals("bida.push.allow") ? allow : null)
                .policy();
    }

    private RawEndpoint endpoint(Answer answer) {
        return keep(new RawEndpoint(answer));
    }

    private RawEndpoint endpoint(ServerSocketFactory sockets, Answer answer) {
        return keep(new RawEndpoint(sockets, answer));
    }

    private <T extends AutoCloseable> T keep(T each) {
        opened.add(0, each);
        return each;
    }

    private static InetAddress address(String literal) {
        return new InetSocketAddress(literal, 0).getAddress();
    }

    private static SelfSignedX509CertificateAndSigningKey certificate(String name) throws Exception {
        return SelfSignedX509CertificateAndSigningKey.builder()
                .setDn(new X500Principal("CN=" + name))
                .setKeyAlgorithmName("RSA")
                .setKeySize(2048)
                .setSignatureAlgorithmName("SHA256withRSA")
                .setNotValidBefore(Instant.parse("2020-01-01T00:00:00Z").atZone(ZoneOffset.UTC))
                .setNotValidAfter(Instant.parse("2048-01-01T00:00:00Z").atZone(ZoneOffset.UTC))
                .addExtension(new SubjectAlternativeNamesExtension(false, List.of(new GeneralName.DNSName(name))))
                .build();
    }

    private static ServerSocketFactory serverSockets(SelfSignedX509CertificateAndSigningKey certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        PrivateKey key = certificate.getSigningKey();
        store.setKeyEntry("key", key, PASSWORD, new Certificate[] {certificate.getSelfSignedCertificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static SSLContext trustIn(SelfSignedX509CertificateAndSigningKey certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setCertificateEntry("trusted", certificate.getSelfSignedCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static SSLContext trustOfJava() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
