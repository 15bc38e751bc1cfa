package io.bida.notify;

import io.bida.account.AccountId;
import io.bida.topic.Endpoint;
import io.bida.topic.EndpointPolicy;
import io.bida.topic.InvalidEndpointException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which endpoints this server delivers to: queues, and HTTP endpoints that the {@link AddressPolicy} lets through.
 *
 * <p>Safe for use by any thread.
 */
@ApplicationScoped
public class PushEndpoints implements EndpointPolicy {

    /**
     * How long a subscriber waits for the name service: 1 s, our choice; a host that is not known by then is judged
     * when something is pushed to it.
     */
    private static final int LOOKUP_SECONDS = 1;

    /** Most subscribers that wait for it, each on a thread of the API: 4, our choice; others are judged as above. */
    private static final int MOST_LOOKUPS = 4;

    private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);

    @Inject
    AddressPolicy policy;

    @Inject
    NameLookup names;

    @Inject
    SigningKeys keys;

    @Override
    public void check(AccountId subscriber, Endpoint endpoint) {
        // Patterns in a switch come with Java 21.
        if (endpoint instanceof Endpoint.Http http) {
            checkAddress(http.address());
            keys.get(); // made with the first subscription, so that no push has to wait for the database
        } else if (endpoint instanceof Endpoint.Mail) {
            throw new InvalidEndpointException("mail is not configured on this server");
        } else if (endpoint instanceof Endpoint.ShortMessage) {
            throw new InvalidEndpointException("short messages are not configured on this server");
        }
    }

    private void checkAddress(URI address) {
        policy.objectionTo(address).ifPresent(objection -> {
            throw new InvalidEndpointException("it " + objection);
        });
        List<InetAddress> found = addressesNow(AddressPolicy.host(address));
        if (!found.isEmpty() && found.stream().noneMatch(policy::allows)) {
            throw new InvalidEndpointException("its name leads to an address that is not pushed to");
        }
    }

    /** None if the host is not known now: it may be tomorrow, and each push looks again. */
    private List<InetAddress> addressesNow(String host) {
        if (!lookups.tryAcquire()) {
            return List.of();
        }
        try {
            return names.addressesOf(host).get(LOOKUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lookups.release();
        }
    }
}
