package io.bida.api.health;

import io.bida.api.signature.Unsigned;
import io.bida.cluster.ClusterStatus;
import io.bida.cluster.NodeHealth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code /health}: 200 if the node is up in the sense asked for, 503 if not, with a body in the shape of MicroProfile
 * Health.
 */
@Path("/health")
@Unsigned
@ApplicationScoped
public class HealthResource {

    @Inject
    NodeHealth node;

    private volatile boolean hasStarted;

    /** Whether the process is worth keeping: it answers, so it is. */
    @GET
    @Path("live")
    public Response live() {
        return answer("live", Optional.empty());
    }

    /** Whether the node should get requests now. */
    @GET
    @Path("ready")
    public Response ready() {
        return answer("ready", node.unreadyReason());
    }

    /** The cluster as this node sees it, for operators: {@link ClusterStatus}. */
    @GET
    @Path("cluster")
    public Response cluster() {
        ClusterStatus status = node.clusterStatus();
        JsonArrayBuilder members = Json.createArrayBuilder();
        status.members().forEach(members::add);
        JsonObjectBuilder clocks = Json.createObjectBuilder();
        status.clockSkews()
                .forEach((name, skew) -> clocks.add(
                        name,
                        Json.createObjectBuilder()
                                .add("skewMillis", skew.millis())
                                .add("uncertaintyMillis", skew.uncertaintyMillis())));
        JsonObject json = Json.createObjectBuilder()
                .add("node", status.node())
                .add("state", status.state())
                .add("members", members)
                .add("epoch", status.epoch())
                .add("minCopies", status.minCopies())
                .add("segments", status.segments())
                .add("segmentsLed", status.segmentsLed())
                .add("underReplicated", status.underReplicated())
                .add("rebalancing", status.isRebalancing())
                .add("canLoseANode", status.canLoseANode())
                .add("clocks", clocks)
                .build();
        return Response.ok(json.toString().getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Whether the node has been ready once since it started. */
    @GET
    @Path("started")
    public Response started() {
        if (!hasStarted) {
            hasStarted = node.unreadyReason().isEmpty();
        }
        return answer("started", hasStarted ? Optional.empty() : node.unreadyReason());
    }

    private static Response answer(String name, Optional<String> downReason) {
        String status = downReason.isEmpty() ? "UP" : "DOWN";
        JsonObjectBuilder check = Json.createObjectBuilder().add("name", name).add("status", status);
        downReason.ifPresent(
                reason -> check.add("data", Json.createObjectBuilder().add("reason", reason)));
        JsonObject health = Json.createObjectBuilder()
                .add("status", status)
                .add("checks", Json.createArrayBuilder().add(check))
                .build();
        return Response.status(downReason.isEmpty() ? 200 : 503)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(health.toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
