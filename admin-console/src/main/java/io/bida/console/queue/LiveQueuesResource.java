package io.bida.console.queue;

import com.github.openjson.JSONArray;
import com.github.openjson.JSONObject;
import io.bida.account.AccountId;
import io.bida.console.ConsoleApplication;
import io.bida.console.ConsoleSession;
import io.bida.console.account.AccountPage;
import io.bida.console.account.SignedInPerson;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.wicket.request.http.WebResponse.CacheScope;
import org.apache.wicket.request.mapper.parameter.PageParameters;
import org.apache.wicket.request.resource.AbstractResource;
import org.apache.wicket.request.resource.IResource;
import org.apache.wicket.request.resource.ResourceReference;

/**
 * The counts of one page of the list of queues as JSON: what an open page fetches again and again.
 *
 * <p>Takes the parameters of the page itself. Answers 401 when nobody is signed in any more, 403 for an account that is
 * not the person's, 503 when there are no counts at the moment.
 */
public final class LiveQueuesResource extends AbstractResource {

    /** Where it is, below the console. Addresses that begin with {@code live/} do not count as a person's action. */
    public static final String PATH = "/live/queues";

    private static final long serialVersionUID = 1L;

    @Inject
    transient QueueService queues;

    @Inject
    transient Clock clock;

    private LiveQueuesResource() {
        ConsoleApplication.get().inject(this);
    }

    /** How pages and the application refer to it. */
    public static ResourceReference reference() {
        return new ResourceReference(LiveQueuesResource.class, "queues") {
            private static final long serialVersionUID = 1L;

            @Override
            public IResource getResource() {
                return new LiveQueuesResource();
            }
        };
    }

    @Override
    protected ResourceResponse newResourceResponse(Attributes attributes) {
        ResourceResponse response = new ResourceResponse();
        response.setContentType("application/json");
        response.setTextEncoding(StandardCharsets.UTF_8.name());
        response.setCacheScope(CacheScope.PRIVATE);
        response.disableCaching();
        String body = answer(attributes.getParameters(), response);
        response.setWriteCallback(new WriteCallback() {
            @Override
            public void writeData(Attributes written) {
                written.getResponse().write(body);
            }
        });
        return response;
    }

    private String answer(PageParameters parameters, ResourceResponse response) {
        Optional<SignedInPerson> person = ConsoleSession.get().person();
        if (person.isEmpty()) {
            response.setStatusCode(401);
            return "{}";
        }
        Optional<AccountId> account = AccountPage.visibleAccount(person.get(), parameters);
        if (account.isEmpty()) {
            response.setStatusCode(403);
            return "{}";
        }
        QueueListing listing = QueueListing.take(queues, clock, account.get(), ListPosition.of(parameters));
        if (listing.refusal().isPresent()) {
            response.setStatusCode(503);
        }
        return asJson(listing);
    }

    private static String asJson(QueueListing listing) {
        JSONArray rows = new JSONArray();
        for (QueueDescription description : listing.page().entries()) {
            rows.put(new JSONObject()
                    .put("name", description.queue().name().value())
                    .put("visible", description.statistics().active())
                    .put("inFlight", description.statistics().inactive())
                    .put("delayed", description.statistics().delayed()));
        }
        return new JSONObject()
                .put("takenAt", listing.takenAt().toString())
                .put("queues", rows)
                .toString();
    }
}
