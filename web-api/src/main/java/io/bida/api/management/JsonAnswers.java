package io.bida.api.management;

import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** The answers of the management API that succeed; nobody may keep them. */
final class JsonAnswers {

    private JsonAnswers() {}

    static Response ok(JsonObject content) {
        return ok(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Response ok(byte[] json) {
        return Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
