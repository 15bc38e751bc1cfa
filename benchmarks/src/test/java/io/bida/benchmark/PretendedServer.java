package io.bida.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Answers like Bida on a loopback port, with queues that are lists in memory and signatures checked in its own way. */
final class PretendedServer implements AutoCloseable {

    static final String KEY_ID = "pretended-key";
    static final String SECRET = "pretended-secret";

    static {
        // Read once when the server's classes load: without it each answer with a body waits 40 ms for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern BODY = Pattern.compile("<MessageBody>([^<]*)</MessageBody>");
    private static final Pattern HANDLE = Pattern.compile("ReceiptHandle[=>]([^<&]+)");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Queue<String>> queues = new ConcurrentHashMap<>();
    private final Map<String, String> inactive = new ConcurrentHashMap<>();
    private final AtomicLong handles = new AtomicLong();
    private final AtomicInteger refuseSends = new AtomicInteger();

    final AtomicLong sent = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    final AtomicLong ceilingPosts = new AtomicLong();

    PretendedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/ceiling/messages", exchange -> {
            exchange.getRequestBody().readAllBytes();
            ceilingPosts.incrementAndGet();
            answer(exchange, 201, "");
        });
        server.createContext("/queues/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    /** Refuses this many of the sends to come. */
    void refuseSends(int count) {
        refuseSends.set(count);
    }

    /** How many queues there are. */
    int queueCount() {
        return queues.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        String queue = path.replace("/messages", "");
        if (!signatureOf(exchange).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        } else if (!path.endsWith("/messages")) {
            manage(exchange, queue);
        } else {
            handleMessages(exchange, queues.get(queue), body);
        }
    }

    private void handleMessages(HttpExchange exchange, @Nullable Queue<String> queue, String body) throws IOException {
        if (queue == null) {
            answer(exchange, 404, "<Error><Code>QueueNotExist</Code></Error>");
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "POST" -> send(exchange, queue, body);
            case "GET" -> receive(exchange, queue);
            default -> delete(exchange, body);
        }
    }

    private void manage(HttpExchange exchange, String queue) throws IOException {
        if ("PUT".equals(exchange.getRequestMethod())) {
            queues.put(queue, new ConcurrentLinkedQueue<>());
            answer(exchange, 201, "");
        } else {
            queues.remove(queue);
            answer(exchange, 204, "");
        }
    }

    private void send(HttpExchange exchange, Queue<String> queue, String body) throws IOException {
        if (refuseSends.getAndDecrement() > 0) {
            answer(exchange, 503, "<Error><Code>ServiceUnavailable</Code></Error>");
            return;
        }
        Matcher bodies = BODY.matcher(body);
        while (bodies.find()) {
            queue.add(bodies.group(1));
            sent.incrementAndGet();
        }
        answer(exchange, 201, "<Message><MessageId>any</MessageId></Message>");
    }

    private void receive(HttpExchange exchange, Queue<String> queue) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        int wanted = query == null ? 1 : Integer.parseInt(query.replace("numOfMessages=", ""));
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < wanted; i++) {
            String message = queue.poll();
            if (message != null) {
                String handle = "1-" + handles.incrementAndGet();
                inactive.put(handle, message);
                found.append("<Message><ReceiptHandle>").append(handle).append("</ReceiptHandle><MessageBody>");
                found.append(message).append("</MessageBody></Message>");
            }
        }
        if (found.isEmpty()) {
            answer(exchange, 404, "<Error><Code>MessageNotExist</Code></Error>");
        } else {
            answer(exchange, 200, "<Messages>" + found + "</Messages>");
        }
    }

    private void delete(HttpExchange exchange, String body) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher wanted = HANDLE.matcher(query == null ? body : query);
        boolean all = true;
        while (wanted.find()) {
            if (inactive.remove(wanted.group(1)) == null) {
                all = false;
            } else {
                deleted.incrementAndGet();
            }
        }
        answer(
                exchange,
                all ? 204 : 404,
                all ? "" : "<Errors><Error><ErrorCode>MessageNotExist</ErrorCode></Error></Errors>");
    }

    private static String signatureOf(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String stringToSign = exchange.getRequestMethod() + "\n\n" + (type == null ? "" : type) + "\n"
                + exchange.getRequestHeaders().getFirst("Date") + "\nx-mns-version:"
                + exchange.getRequestHeaders().getFirst("x-mns-version") + "\n" + exchange.getRequestURI();
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA1"));
            return "MNS " + KEY_ID + ":"
                    + Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
