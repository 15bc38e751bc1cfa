package io.bida.api.signature;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientPresenceTest {

    private final BlockingQueue<HttpServerExchange> waiting = new LinkedBlockingQueue<>();
    private Undertow server = Undertow.builder().build();

    @BeforeEach
    void startAServerThatKeepsEveryRequestWaiting() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                // As in the application server. Otherwise answers wait for the last of the requests that came together.
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .setHandler(exchange -> exchange.dispatch(() -> waiting.add(exchange)))
                .build();
        server.start();
    }

    @AfterEach
    void stopIt() {
        server.stop();
    }

    private Socket connect() throws IOException {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private HttpServerExchange nextRequest() throws InterruptedException {
        HttpServerExchange exchange = waiting.poll(10, SECONDS);
        assertThat(exchange).isNotNull();
        return exchange;
    }

    private static void answer(HttpServerExchange exchange) {
        exchange.getResponseSender().send(exchange.getRequestPath());
    }

    private static String readAnswer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        int length = Integer.parseInt(head.substring(head.indexOf("Content-Length: ") + 16)
                .lines()
                .findFirst()
                .orElseThrow());
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static void await(ClientPresence presence, boolean expected) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> presence.getAsBoolean() == expected);
    }

    @Test
    void aClientThatWaitsIsPresentAndGetsItsAnswer() throws Exception {
        try (Socket socket = connect()) {
            send(socket, get("/first"));
            HttpServerExchange exchange = nextRequest();
            ClientPresence presence = new ClientPresence(exchange);

            assertThat(presence.getAsBoolean()).isTrue();
            assertThat(presence.getAsBoolean()).isTrue();

            answer(exchange);
            assertThat(readAnswer(socket)).isEqualTo("/first");
        }
    }

    @Test
    void aClientThatHungUpIsGone() throws Exception {
        ClientPresence presence;
        try (Socket socket = connect()) {
            send(socket, get("/first"));
            presence = new ClientPresence(nextRequest());
            assertThat(presence.getAsBoolean()).isTrue();
        }

        await(presence, false);
    }

    @Test
    void aClientThatResetItsConnectionIsGone() throws Exception {
        ClientPresence presence;
        try (Socket socket = connect()) {
            socket.setSoLinger(true, 0);
            send(socket, get("/first"));
            presence = new ClientPresence(nextRequest());
        }

        await(presence, false);
    }

    @Test
    void theNextRequestSurvivesBeingLookedAt() throws Exception {
        try (Socket socket = connect()) {
            send(socket, get("/first"));
            HttpServerExchange first = nextRequest();
            ClientPresence presence = new ClientPresence(first);
            send(socket, get("/second").substring(0, 9));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> presence.getAsBoolean()
                            && ((HttpServerConnection) first.getConnection()).getExtraBytes() != null);
            send(socket, get("/second").substring(9) + get("/third"));

            assertThat(presence.getAsBoolean()).isTrue();
            answer(first);

            assertThat(readAnswer(socket)).isEqualTo("/first");
            answer(nextRequest());
            assertThat(readAnswer(socket)).isEqualTo("/second");
            answer(nextRequest());
            assertThat(readAnswer(socket)).isEqualTo("/third");
        }
    }

    @Test
    void theConnectionGoesOnAfterManyLooks() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 200; i++) {
                send(socket, get("/" + i));
                HttpServerExchange exchange = nextRequest();
                ClientPresence presence = new ClientPresence(exchange);
                assertThat(presence.getAsBoolean()).isTrue();
                answer(exchange);
                assertThat(readAnswer(socket)).isEqualTo("/" + i);
            }
        }
    }
}
