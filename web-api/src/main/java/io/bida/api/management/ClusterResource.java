package io.bida.api.management;

import io.bida.account.ConsoleRole;
import io.bida.api.error.ProblemException;
import io.bida.api.header.ManagementPath;
import io.bida.api.signature.ByPassword;
import io.bida.cluster.ClusterService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** {@code /api/v1/cluster}: how the whole cluster is, for who runs it. */
@Path(ManagementPath.V1 + "/cluster")
@ByPassword(ConsoleRole.PLATFORM_ADMIN)
@ApplicationScoped
public class ClusterResource {

    @Inject
    ClusterService cluster;

    /** The cluster and all its nodes: 200, also when nodes do not answer; then within about a second. */
    @GET
    public Response getCluster() {
        return JsonAnswers.ok(ClusterJson.of(cluster.clusterReport()));
    }

    /** One of its nodes: 200, also when it does not answer. Refuses a name that no node has or had (404). */
    @GET
    @Path("nodes/{name}")
    public Response getNode(@PathParam("name") String name) {
        return cluster.clusterReport()
                .findNode(name)
                .map(node -> JsonAnswers.ok(ClusterJson.of(node)))
                .orElseThrow(() -> ProblemException.notFound("There is no node of this name."));
    }
}
