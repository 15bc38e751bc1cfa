package io.bida.notify;

import io.bida.message.MessageProperties;
import io.bida.notify.DeliveryResult.Outcome;
import io.bida.topic.Endpoint;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Delivers to every kind of endpoint, by the notifier for its kind. */
final class EndpointNotifier implements Notifier {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final SecureRandom CHANCE = new SecureRandom();

    /** Bytes of a request id: half of its 24 hex digits. */
    private static final int REQUEST_ID_BYTES = 12;

    private final HttpNotifier http;
    private final QueueNotifier queues;
    private final SigningKeys keys;
    private final URI certificate;
    private final Clock clock;
    private final Executor executor;

    /**
     * @param executor may wait for the database
     * @param certificate where receivers of pushes fetch the certificate
     */
    EndpointNotifier(
            HttpNotifier http,
            QueueNotifier queues,
            SigningKeys keys,
            URI certificate,
            Clock clock,
            Executor executor) {
        this.http = http;
        this.queues = queues;
        this.keys = keys;
        this.certificate = certificate;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public CompletionStage<DeliveryResult> notify(
            Subscription subscription, Publication publication, MessageProperties properties) {
        Endpoint endpoint = subscription.attributes().endpoint();
        if (endpoint instanceof Endpoint.Http address) {
            PushStamp stamp = new PushStamp(clock.instant(), requestId(), certificate);
            return http.push(PushRequest.to(address, subscription, publication, stamp, keys.get()));
        }
        if (endpoint instanceof Endpoint.ToQueue queue) {
            return queues.send(queue, subscription, publication, properties);
        }
        return CompletableFuture.completedFuture(DeliveryResult.failed(
                Outcome.NOT_CONFIGURED, "this server does not deliver to endpoints of this kind", Duration.ZERO));
    }

    @Override
    public boolean isReadyFor(Subscription subscription) {
        boolean isPush = subscription.attributes().endpoint() instanceof Endpoint.Http;
        return !isPush || keys.isKnown(executor);
    }

    private static String requestId() {
        byte[] id = new byte[REQUEST_ID_BYTES];
        CHANCE.nextBytes(id);
        return HEX.formatHex(id);
    }
}
