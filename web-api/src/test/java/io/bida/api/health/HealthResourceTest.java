package io.bida.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.signature.Unsigned;
import io.bida.cluster.NodeHealth;
import jakarta.ws.rs.core.Response;
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
}
