package io.bida.api.management;

import io.bida.account.ConsoleRole;
import io.bida.api.header.ManagementPath;
import io.bida.api.signature.ByPassword;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /api/v1/openapi.json}: what the management API has, for tools. */
@Path(ManagementPath.V1 + "/openapi.json")
@ByPassword({ConsoleRole.PLATFORM_ADMIN, ConsoleRole.ACCOUNT_OWNER, ConsoleRole.DEVELOPER, ConsoleRole.VIEWER})
@ApplicationScoped
public class OpenApiResource {

    private final byte[] description = read();

    /** The description, in OpenAPI 3.1: 200. */
    @GET
    public Response getDescription() {
        return JsonAnswers.ok(description);
    }

    static byte[] read() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
