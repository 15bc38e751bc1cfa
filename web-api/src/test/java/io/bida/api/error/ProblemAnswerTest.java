package io.bida.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.header.RequestHead;
import io.bida.api.signature.Heads;
import io.bida.error.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemAnswerTest {

    private static final RequestHead HEAD = Heads.head("GET", "/api/v1/cluster");

    private static String body(Response answer) {
        assertThat(answer.getHeaderString(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/problem+json");
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    @Test
    void aRefusalOfTheManagementApiIsAProblemInJson() {
        Response answer = ErrorAnswer.of(ProblemException.notFound("There is no \"x\"."), HEAD)
                .toResponse();

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(body(answer))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"There is no \\\"x\\\".\",\"requestId\":\"0123456789ABCDEF01234567\"}");
    }

    @Test
    void whoIsNotKnownIsToldHowToSayWhoTheyAre() {
        Response answer = ErrorAnswer.of(ProblemException.unauthorized("Who?", "Basic realm=\"Bida\""), HEAD)
                .toResponse();

        assertThat(answer.getStatus()).isEqualTo(401);
        assertThat(answer.getHeaderString(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Basic realm=\"Bida\"");
        assertThat(body(answer)).contains("\"title\":\"Unauthorized\"");
    }

    @Test
    void aRefusalOfTheServiceKeepsItsCode() {
        Response answer = ErrorAnswer.of(new ServiceUnavailableException("the database is away"), HEAD)
                .toResponse();

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(body(answer)).contains("\"code\":\"ServiceUnavailable\"").contains("the database is away");
    }

    @Test
    void noRefusalOfTheManagementApiMayBeKept() {
        List<RuntimeException> refusals = List.of(
                ProblemException.unauthorized("Who?", "Basic realm=\"Bida\""),
                ProblemException.forbidden("Not you."),
                ProblemException.notFound("There is no \"x\"."),
                ProblemException.methodNotAllowed(),
                new ServiceUnavailableException("the database is away"),
                new IllegalStateException("a defect"));

        assertThat(refusals)
                .allSatisfy(refusal -> assertThat(
                                ErrorAnswer.of(refusal, HEAD).toResponse().getHeaderString(HttpHeaders.CACHE_CONTROL))
                        .isEqualTo("no-store"));
        assertThat(ErrorAnswer.of(new ServiceUnavailableException("x"), Heads.head("GET", "/queues"))
                        .toResponse()
                        .getHeaderString(HttpHeaders.CACHE_CONTROL))
                .isNull();
    }

    @Test
    void aDefectTellsTheClientNothingAboutItself() {
        Response answer =
                ErrorAnswer.of(new IllegalStateException("password x"), HEAD).toResponse();

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(body(answer)).contains("InternalError").doesNotContain("password", "IllegalState");
    }
}
