package io.bida.benchmark.ceiling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Takes the bytes of a send and answers 201 with an empty body, unsigned and unread: {@code POST /ceiling/messages}.
 */
@ApplicationScoped
@Path("messages")
public class CeilingResource {

    /** 201 for any body. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response sendNothing(byte[] body) {
        return Response.status(Response.Status.CREATED).build();
    }
}
