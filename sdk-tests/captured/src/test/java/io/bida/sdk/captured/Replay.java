package io.bida.sdk.captured;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bida.sdk.ServerUnderTest;
import io.bida.sdk.wire.WireAnswer;
import io.bida.sdk.wire.WireRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Sends captured requests again, for a queue of its own. */
final class Replay {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private final String queue = "replay-" + UUID.randomUUID();

    /** The queue that takes the place of the captured one. */
    String queue() {
        return queue;
    }

    /** Deletes the queue and the one that {@link #secondQueue} names, whether they exist or not. */
    void deleteQueues() throws IOException {
        send(requestLike("php-delete-message", "DELETE", "/queues/" + queue));
        send(requestLike("php-delete-message", "DELETE", "/queues/" + secondQueue()));
    }

    /** The name of another queue, which follows this one in a list. */
    String secondQueue() {
        return queue + "-2";
    }

    /** Creates the queue, with the attributes in {@code body}, in the form of {@code captured}. */
    WireAnswer createQueue(String captured, String body) throws IOException {
        return send(requestLike(captured, "PUT", "/queues/" + queue).withBody(body));
    }

    /** The captured request for this queue, not yet signed. */
    WireRequest request(String captured) {
        WireRequest request = CapturedRequest.named(captured).request();
        return request.withTarget(request.target().replace(CapturedRequest.QUEUE, queue));
    }

    /**
     * A request that was not captured, in the form of one that was: same header names, case and order.
     *
     * @param captured a captured request that has a body if this one has
     */
    WireRequest requestLike(String captured, String method, String target) {
        WireRequest request = CapturedRequest.named(captured).request();
        return new WireRequest(method, target, request.headers(), request.body());
    }

    /** Signs the request as of now and sends it. */
    WireAnswer send(WireRequest request) throws IOException {
        return withDigest(request).signedNowFor(SERVER).sendTo(SERVER);
    }

    /** Python's digest header is base64 of the hexadecimal text of the MD5, not of its 16 bytes. */
    private static WireRequest withDigest(WireRequest request) {
        if (request.find("content-md5").isEmpty()) {
            return request;
        }
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(request.body().getBytes(UTF_8));
            String hexText = HexFormat.of().formatHex(md5);
            return request.with("content-md5", Base64.getEncoder().encodeToString(hexText.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        }
    }
}
