package io.bida.console.cluster;

import io.bida.account.ConsoleRole;
import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterService;
import io.bida.console.ConsoleApplication;
import io.bida.console.ConsoleSession;
import io.bida.console.account.SignedInPerson;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.wicket.core.util.string.ComponentRenderer;
import org.apache.wicket.model.IModel;
import org.apache.wicket.request.http.WebResponse.CacheScope;
import org.apache.wicket.request.resource.AbstractResource;
import org.apache.wicket.request.resource.IResource;
import org.apache.wicket.request.resource.ResourceReference;

/**
 * What {@link ClusterPage} shows, without the page around it: what an open page fetches again and again.
 *
 * <p>The header {@code X-Taken-At} says when the nodes were asked. Answers 401 when nobody is signed in any more, 403
 * to whoever does not look after the cluster.
 */
public final class LiveClusterResource extends AbstractResource {

    /** Where it is, below the console. Addresses that begin with {@code live/} do not count as a person's action. */
    public static final String PATH = "/live/cluster";

    private static final long serialVersionUID = 1L;

    @Inject
    transient ClusterService cluster;

    private LiveClusterResource() {
        ConsoleApplication.get().inject(this);
    }

    /** How pages and the application refer to it. */
    public static ResourceReference reference() {
        return new ResourceReference(LiveClusterResource.class, "cluster") {
            private static final long serialVersionUID = 1L;

            @Override
            public IResource getResource() {
                return new LiveClusterResource();
            }
        };
    }

    @Override
    protected ResourceResponse newResourceResponse(Attributes attributes) {
        ResourceResponse response = new ResourceResponse();
        response.setContentType("text/html");
        response.setTextEncoding(StandardCharsets.UTF_8.name());
        response.setCacheScope(CacheScope.PRIVATE);
        response.disableCaching();
        String body = answer(response);
        response.setWriteCallback(new WriteCallback() {
            @Override
            public void writeData(Attributes written) {
                written.getResponse().write(body);
            }
        });
        return response;
    }

    private String answer(ResourceResponse response) {
        Optional<SignedInPerson> person = ConsoleSession.get().person();
        if (person.isEmpty()) {
            response.setStatusCode(401);
            return "";
        }
        if (person.get().role() != ConsoleRole.PLATFORM_ADMIN) {
            response.setStatusCode(403);
            return "";
        }
        ClusterReport report = cluster.clusterReport();
        response.getHeaders().addHeader("X-Taken-At", report.takenAt().toString());
        IModel<ClusterReport> shown = () -> report;
        return ComponentRenderer.renderComponent(new ClusterPanel("cluster", shown))
                .toString();
    }
}
