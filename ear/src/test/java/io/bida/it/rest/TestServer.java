package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.ServerUnderTest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The running service under test, addressed only over its wire.
 *
 * <p>Which one is told by the system properties {@code bida.it.endpoint}, {@code bida.it.accountId},
 * {@code bida.it.accessKeyId} and {@code bida.it.accessKeySecret}; without them the test fails. As an extension it
 * deletes after each test the queues the test made through it.
 */
public final class TestServer implements AfterEachCallback {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final URI endpoint;
    private final Credentials key;
    private final Clock clock = Clock.systemUTC();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final ExecutorService background = Executors.newCachedThreadPool();

    private TestServer(URI endpoint, Credentials key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /** The one that was started for the integration tests. */
    public static TestServer shared() {
        return new TestServer(
                ServerUnderTest.endpoint(),
                new Credentials(
                        ServerUnderTest.accountId(), ServerUnderTest.accessKeyId(), ServerUnderTest.accessKeySecret()));
    }

    /** A server of a test's own; used as an extension or not. */
    public static TestServer at(URI endpoint, Credentials key) {
        return new TestServer(endpoint, key);
    }

    /** The same server for somebody with another key. */
    public TestServer as(Credentials other) {
        return new TestServer(endpoint, other);
    }

    public URI endpoint() {
        return endpoint;
    }

    public Credentials key() {
        return key;
    }

    /** Host and port as a client writes them into the Host header. */
    public String host() {
        return endpoint.getAuthority();
    }

    public Instant now() {
        return clock.instant();
    }

    /** An unsigned request with the usual headers. */
    public WireRequest request(String method, String target) {
        return WireRequest.of(method, target, host(), now());
    }

    public WireRequest get(String target) {
        return request("GET", target);
    }

    public WireRequest put(String target) {
        return request("PUT", target);
    }

    public WireRequest post(String target) {
        return request("POST", target);
    }

    public WireRequest delete(String target) {
        return request("DELETE", target);
    }

    /** Signs the request and sends it over a connection of its own. */
    public Answer call(WireRequest request) {
        return exchange(request.signedV2(key));
    }

    /** Sends the request as it is over a connection of its own. */
    public Answer exchange(WireRequest request) {
        try (RawHttp connection = connect()) {
            return exchange(connection, request);
        }
    }

    /** Sends the request as it is over this connection. */
    public Answer exchange(RawHttp connection, WireRequest request) {
        long sentAt = System.nanoTime();
        RawResponse response = connection.write(request.toBytes()).readFinal();
        return new Answer(request, response, sentAt, System.nanoTime());
    }

    public RawHttp connect() {
        return RawHttp.connect(endpoint);
    }

    /** Runs a call beside the test. */
    public <T> Future<T> inBackground(Callable<T> call) {
        return background.submit(call);
    }

    /** A queue name no other test uses; it is deleted after the test whether or not it was created. */
    public String freshName(String hint) {
        String name = "it-" + hint + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-"
                + NAMES.incrementAndGet();
        return toBeDeleted(name.toLowerCase(Locale.ROOT));
    }

    /** Notes a queue that this test makes by a name of its own. */
    public String toBeDeleted(String name) {
        made.add(name);
        return name;
    }

    /** Creates a queue with these attribute elements, the others having their defaults. */
    public TestQueue createQueue(String hint, String... attributes) {
        TestQueue queue = queue(freshName(hint));
        call(put(queue.path()).body(Documents.queue(attributes))).assertStatus(201);
        return queue;
    }

    /** The queue of this name, whether there is one or not. */
    public TestQueue queue(String name) {
        return new TestQueue(this, name);
    }

    /** Fails the test unless the service still does its work for somebody who comes along now. */
    public void assertStillServes() {
        TestQueue queue = createQueue("alive");
        queue.send("alive").assertStatus(201);
        assertThat(queue.receive().assertStatus(200).value("MessageBody")).isEqualTo("alive");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        background.shutdownNow();
        for (String name : made) {
            call(delete("/queues/" + name));
        }
    }
}
