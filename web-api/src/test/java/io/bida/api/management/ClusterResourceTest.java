package io.bida.api.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.ConsoleRole;
import io.bida.api.error.ProblemException;
import io.bida.api.signature.ByPassword;
import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterService;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterResourceTest {

    private final ClusterResource resource = new ClusterResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        resource.cluster = new ClusterService() {
            @Override
            public ClusterReport clusterReport() {
                return Reports.ofThreeWithOneGone();
            }
        };
    }

    private static JsonObject body(Response answer) {
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getMediaType()).hasToString("application/json");
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        return Json.createReader(new ByteArrayInputStream((byte[]) answer.getEntity()))
                .readObject();
    }

    @Test
    void onlyThePlatformAdministratorMayAsk() {
        assertThat(ClusterResource.class.getAnnotation(ByPassword.class).value())
                .containsExactly(ConsoleRole.PLATFORM_ADMIN);
    }

    @Test
    void tellsOfTheCluster() {
        JsonObject cluster = body(resource.getCluster());

        assertThat(cluster.getString("takenAt")).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(cluster.getBoolean("canLoseANode")).isFalse();
        assertThat(cluster.getString("reasonCode")).isEqualTo("TOO_FEW_NODES");
        assertThat(cluster.getString("reason")).contains("the 2 copies");
        assertThat(cluster.getInt("epoch")).isEqualTo(8);
        assertThat(cluster.getJsonArray("members").toString()).isEqualTo("[\"n1\",\"n2\"]");
        assertThat(cluster.getJsonObject("copies").getInt("minimum")).isEqualTo(2);
        assertThat(cluster.getJsonArray("nodes").getValuesAs(JsonObject.class))
                .extracting(node -> node.getString("name"))
                .isEqualTo(List.of("n1", "n2", "n3"));
    }

    @Test
    void tellsOfANodeThatAnswersAllItSays() {
        JsonObject node = body(resource.getNode("n2"));

        assertThat(node.getString("state")).isEqualTo("SERVING");
        assertThat(node.getString("address")).isEqualTo("http://10.0.0.2:8080");
        assertThat(node.getInt("uptimeSeconds")).isEqualTo(61);
        assertThat(node.getJsonNumber("messages").longValue()).isEqualTo(1_234_567_890_123L);
        assertThat(node.getJsonObject("disk").getInt("reserveBytes")).isEqualTo(536870912);
    }

    @Test
    void tellsOfANodeThatDoesNotAnswerThatItDoesNot() {
        assertThat(body(resource.getNode("n3")).toString())
                .isEqualTo("{\"name\":\"n3\",\"state\":\"NOT_ANSWERING\",\"detail\":\"it is not there\","
                        + "\"goneSince\":\"2026-11-23T11:58:30Z\"}");
    }

    @Test
    void refusesTheNameOfNoNode() {
        assertThatThrownBy(() -> resource.getNode("n4"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("There is no node of this name.");
    }
}
