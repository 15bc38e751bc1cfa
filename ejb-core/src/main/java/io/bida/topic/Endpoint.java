package io.bida.topic;

import io.bida.queue.QueueName;
import java.net.URI;
import java.util.Optional;

/**
 * Where a subscription's messages go.
 *
 * <p>Source of the forms: wire specification 8.4, API 2015-06-06.
 */
public sealed interface Endpoint {

    /** Most characters of an endpoint: 2048, our choice; what common HTTP servers take as an address. */
    int MAX_LENGTH = 2048;

    /** As the client wrote it. */
    String text();

    /**
     * A POST to an address.
     *
     * @param text as the client wrote it
     * @param address with scheme {@code http} or {@code https} and a host, without user information and fragment
     */
    record Http(String text, URI address) implements Endpoint {}

    /**
     * A message in a queue of the same region.
     *
     * @param text as the client wrote it
     * @param account the owner's number, or what an SDK took for it from an address without one (specification 8.4)
     * @param queue the queue's name
     */
    record ToQueue(String text, String account, QueueName queue) implements Endpoint {}

    /**
     * A mail.
     *
     * @param text as the client wrote it
     * @param address the recipient
     */
    record Mail(String text, String address) implements Endpoint {}

    /**
     * A short message.
     *
     * @param text as the client wrote it
     * @param phone the recipient; empty: each message names its own
     */
    record ShortMessage(String text, Optional<String> phone) implements Endpoint {}

    /**
     * The endpoint of this form.
     *
     * @throws InvalidEndpointException if it has none of the forms (EndpointInvalid)
     */
    static Endpoint parse(String text) {
        return EndpointText.parse(text);
    }
}
