package io.bida.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.header.RequestHead;
import io.bida.api.header.WorkerTurn;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

    private static final AtomicBoolean leaving = new AtomicBoolean();
    private static Undertow server = Undertow.builder().build();

    @BeforeAll
    static void start() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setWorkerThreads(1)
                .setHandler(new HttpContinueReadHandler(
                        new RequestHandler(new BodyHandler(new WorkerHandler(IntakeTest::work)), leaving::get)))
                .build();
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static void work(HttpServerExchange exchange) throws IOException {
        if (exchange.getRequestURI().equals("/later")) {
            answerLater(exchange);
        } else {
            echo(exchange);
        }
    }

    /** Answers by another thread, with whether the worker had let go of the request by then. */
    private static void answerLater(HttpServerExchange exchange) {
        AtomicBoolean hasLetGo = new AtomicBoolean();
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> hasLetGo.set(true));
        WorkerTurn.afterwards(exchange, exchange.getIoThread()).execute(() -> {
            exchange.setStatusCode(201);
            exchange.getResponseSender().send(hasLetGo + " " + exchange.isDispatched());
        });
    }

    /** Answers with what the application behind the handlers gets to see. */
    private static void echo(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        leaving.compareAndSet(false, exchange.getRequestURI().equals("/stop"));
        byte[] body = exchange.getInputStream().readAllBytes();
        RequestHead head = exchange.getAttachment(RequestHead.KEY);
        String answer = exchange.getRequestURI() + " " + head.contentType().orElse("-") + " "
                + exchange.getRequestHeaders().contains("Accept") + " " + new String(body, StandardCharsets.UTF_8);
        exchange.getResponseSender().send(answer);
    }

    private static Socket connect() throws IOException {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        int length = head.lastIndexOf("Content-Length: ") + 16;
        int size = Integer.parseInt(head.substring(length, head.indexOf("\r\n", length)));
        return head + new String(in.readNBytes(size), StandardCharsets.UTF_8);
    }

    private static void readContinue(Socket socket) throws IOException {
        assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.ISO_8859_1))
                .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return read(socket);
        }
    }

    private static String request(String line, String... headers) {
        StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: h\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request + "\r\n";
    }

    @Test
    void answerOfAnotherThreadWaitsUntilTheWorkerHasLetGoOfTheRequest() throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(exchange("GET /later HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .startsWith("HTTP/1.1 201")
                    .endsWith("true false");
        }
    }

    @Test
    void everyAnswerHasAnIdAndTheVersionInTheirExactCase() throws IOException {
        assertThat(exchange(request("GET /queues"))).containsPattern("\r\nx-mns-request-id: [0-9A-F]{24}\r\n");
        assertThat(exchange(request("GET /a/../b")))
                .containsPattern("\r\nx-mns-request-id: ([0-9A-F]{24})\r\n")
                .contains("\r\nx-mns-version: 2015-06-06\r\n");
    }

    @ParameterizedTest
    @CsvSource({"GET ///queues/q,/queues/q", "GET http://h/queues/q,/queues/q", "GET http://h,/"})
    void theApplicationSeesOneForm(String line, String path) throws IOException {
        assertThat(exchange(request(line))).endsWith("\r\n\r\n" + path + " - false ");
    }

    @Test
    void whatClientsWouldLikeToGetIsNoMatterOfTheirs() throws IOException {
        assertThat(exchange(request("GET /queues", "Accept: x", "Content-Type: y")))
                .endsWith("/queues y false ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH /queues", "TRACE /queues", "OPTIONS /queues", "FOO /queues", "get /queues"})
    void otherMethodsAreRefused(String line) throws IOException {
        assertThat(exchange(request(line, "X-Echo: secret")))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: DELETE, GET, POST, PUT\r\n", "\r\nContent-Type: text/xml;charset=utf-8\r\n")
                .contains("<Code>MethodNotAllowed</Code>", "<HostId>http://h</HostId>")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /queues/../x", "GET /queues/q;a=b", "GET /queues/%2e%2e", "GET /queues/%FF"})
    void pathsThatCanBeReadInTwoWaysAreRefused(String line) throws IOException {
        assertThat(exchange(request(line))).startsWith("HTTP/1.1 400 ").contains("<Code>InvalidRequestURL</Code>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xchunked", "chunked, identity", "identity"})
    void aBodyWhoseEndIsUnclearIsRefusedAndNothingAfterItIsRead(String encoding) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request("POST /queues", "Transfer-Encoding: " + encoding) + "0\r\n\r\n" + request("GET /x"));

            assertThat(read(socket)).startsWith("HTTP/1.1 400 ").contains("Connection: close");
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void bodiesArriveWholeHoweverTheyAreSent() throws IOException {
        String large = "x".repeat(300_000);

        assertThat(exchange(request("POST /a", "Content-Length: 3") + "abc")).endsWith(" abc");
        assertThat(exchange(request("POST /a", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n"))
                .endsWith(" abc");
        assertThat(exchange(request("POST /a", "Content-Length: 300000") + large))
                .endsWith(" " + large);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300_000})
    void aClientThatAsksWhetherToGoOnIsToldSo(int length) throws IOException {
        String body = "x".repeat(length);
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                send(socket, request("POST /a", "Content-Length: " + length, "Expect: 100-continue"));
                readContinue(socket);
                send(socket, body);

                assertThat(read(socket)).startsWith("HTTP/1.1 200 ").endsWith(" " + body);
            }
        }
    }

    @Test
    void aBodyThatIsCutShortIsMalformed() throws IOException {
        try (Socket socket = connect()) {
            send(socket, request("POST /a", "Content-Length: 9") + "ab");
            socket.shutdownOutput();

            assertThat(read(socket)).startsWith("HTTP/1.1 400 ").contains("<Code>MalformedXML</Code>");
        }
    }

    @Test
    void aSlowBodyTakesNoThreadAlsoIfItsClientAskedWhetherToGoOn() throws IOException {
        try (Socket slow = connect();
                Socket slower = connect()) {
            send(slow, request("POST /slow", "Content-Length: 3", "Expect: 100-continue"));
            send(slower, request("POST /slower", "Transfer-Encoding: chunked", "Expect: 100-continue"));
            readContinue(slow);
            readContinue(slower);
            send(slow, "a");
            send(slower, "3\r\na");

            assertThat(exchange(request("GET /other"))).endsWith("/other - false ");

            send(slow, "bc");
            assertThat(read(slow)).startsWith("HTTP/1.1 200 ").endsWith(" abc");
            send(slower, "bc\r\n0\r\n\r\n");
            assertThat(read(slower)).startsWith("HTTP/1.1 200 ").endsWith(" abc");
            send(slow, request("GET /next"));
            assertThat(read(slow)).endsWith("/next - false ");
        }
    }

    @Test
    void aClientOfHttp10IsNotToldToGoOn() throws IOException {
        assertThat(exchange("POST /a HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc"))
                .startsWith("HTTP/1.0 200 ")
                .endsWith(" abc");
    }

    @Test
    void aBodyThatIsCutShortAfterTheQuestionIsMalformed() throws IOException {
        try (Socket socket = connect()) {
            send(socket, request("POST /a", "Content-Length: 9", "Expect: 100-continue"));
            readContinue(socket);
            send(socket, "ab");
            socket.shutdownOutput();

            assertThat(read(socket)).startsWith("HTTP/1.1 400 ").contains("<Code>MalformedXML</Code>");
        }
    }

    @Test
    void aSlowBodyTakesNoThread() throws IOException {
        try (Socket slow = connect();
                Socket slower = connect()) {
            send(slow, request("POST /slow", "Content-Length: 3") + "a");
            send(slower, request("POST /slower", "Transfer-Encoding: chunked") + "3\r\na");

            assertThat(exchange(request("GET /other"))).endsWith("/other - false ");

            send(slow, "bc");
            assertThat(read(slow)).endsWith(" abc");
            send(slower, "bc\r\n0\r\n\r\n");
            assertThat(read(slower)).endsWith(" abc");
            send(slow, request("GET /next"));
            assertThat(read(slow)).endsWith("/next - false ");
        }
    }

    @Test
    void anAnswerOfANodeThatLeavesEndsItsConnection() throws IOException {
        try (Socket before = connect();
                Socket after = connect()) {
            send(before, request("GET /stop"));
            assertThat(read(before)).startsWith("HTTP/1.1 200 ").contains("\r\nConnection: close\r\n");
            assertThat(before.getInputStream().readAllBytes()).isEmpty();

            send(after, request("GET /queues"));
            assertThat(read(after))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith("/queues - false ");
            assertThat(after.getInputStream().readAllBytes()).isEmpty();
        } finally {
            leaving.set(false);
        }
    }
}
