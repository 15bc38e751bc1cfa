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
     * How long a subscriber waits for the name service: 5 s, our choice; a host that is not known by then is judged
     * when something is pushed to it.
     */
    private static final int LOOKUP_SECONDS = 5;

    @Inject
    AddressPolicy policy;

    @Inject
    NameLookup names;

    @Override
    public void check(AccountId subscriber, Endpoint endpoint) {
        // Patterns in a switch come with Java 21.
        if (endpoint instanceof Endpoint.Http http) {
            checkAddress(http.address());
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
        try {
            return names.addressesOf(host).get(LOOKUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
