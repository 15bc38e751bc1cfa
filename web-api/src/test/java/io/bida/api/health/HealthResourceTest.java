package io.bida.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.signature.Unsigned;
import io.bida.cluster.ClusterClocks;
import io.bida.cluster.ClusterStatus;
import io.bida.cluster.NodeHealth;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthResourceTest {

    private final NodeHealth node = new NodeHealth();
    private final HealthResource resource = new HealthResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        resource.node = node;
    }

    private static String body(Response answer) {
        assertThat(answer.getMediaType()).hasToString("application/json");
        return new String((byte[]) answer.getEntity(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void anybodyMayAsk() {
        assertThat(HealthResource.class).hasAnnotation(Unsigned.class);
    }

    @Test
    void aNodeThatIsNotReadyLivesAndSaysWhyItDoesNotServe() {
        node.becomeUnready("the disk is \"full\"");

        assertThat(resource.live().getStatus()).isEqualTo(200);
        assertThat(resource.ready().getStatus()).isEqualTo(503);
        assertThat(body(resource.ready()))
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"ready\",\"status\":\"DOWN\","
                        + "\"data\":{\"reason\":\"the disk is \\\"full\\\"\"}}]}");
        assertThat(resource.started().getStatus()).isEqualTo(503);
    }

    @Test
    void aNodeThatWasReadyOnceHasStarted() {
        node.becomeReady();
        assertThat(body(resource.ready()))
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"ready\",\"status\":\"UP\"}]}");
        assertThat(resource.started().getStatus()).isEqualTo(200);

        node.becomeUnready("too few copies");
        assertThat(resource.ready().getStatus()).isEqualTo(503);
        assertThat(resource.started().getStatus()).isEqualTo(200);
    }

    @Test
    void theClusterIsToldWithTheClockOfEachOtherNode() {
        node.watch(() -> new ClusterStatus(
                "n1",
                "SERVING",
                List.of("n1", "n2"),
                7,
                2,
                256,
                128,
                0,
                false,
                true,
                Map.of("n2", new ClusterClocks.Skew(-120, 3))));

        assertThat(body(resource.cluster()))
                .isEqualTo(
                        "{\"node\":\"n1\",\"state\":\"SERVING\",\"members\":[\"n1\",\"n2\"],\"epoch\":7,\"minCopies\":2,"
                                + "\"segments\":256,\"segmentsLed\":128,\"underReplicated\":0,\"rebalancing\":false,"
                                + "\"canLoseANode\":true,\"clocks\":{\"n2\":{\"skewMillis\":-120,\"uncertaintyMillis\":3}}}");
    }

    @Test
    void aNodeThatLeavesIsNeverReadyAgain() {
        node.becomeReady();
        node.leave();
        node.becomeReady();

        assertThat(resource.ready().getStatus()).isEqualTo(503);
        assertThat(body(resource.ready())).contains("the node is stopping");
        assertThat(resource.live().getStatus()).isEqualTo(200);
    }
}
