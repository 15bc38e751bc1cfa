package io.bida.api.error;

import io.bida.api.header.RequestHead;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A refusal of the management API as JSON: RFC 9457, with the code of the service's own table where it has one, and the
 * id by which the request is found in the log.
 */
final class ProblemDocument {

    static final String TYPE = "application/problem+json";

    private ProblemDocument() {}

    static byte[] write(int status, Optional<String> code, String detail, RequestHead head) {
        Response.Status known = Response.Status.fromStatusCode(status);
        JsonObjectBuilder problem = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", known == null ? "Refused" : known.getReasonPhrase())
                .add("status", status)
                .add("detail", detail)
                .add("requestId", head.id());
        code.ifPresent(name -> problem.add("code", name));
        return problem.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
