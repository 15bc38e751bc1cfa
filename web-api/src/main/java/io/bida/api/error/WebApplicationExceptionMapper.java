package io.bida.api.error;

import io.bida.api.header.ManagementPath;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers what JAX-RS itself refuses: a path without a resource, and a method that the resource does not have, are
 * InvalidRequestURL (wire specification 2.6, 1), and what HTTP calls them in the management API. Anything else it might
 * refuse counts as unexpected.
 */
@Provider
@ApplicationScoped
public class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(WebApplicationException refusal) {
        RequestHead head = RequestHead.of(request);
        return ErrorAnswer.of(ours(refusal, ManagementPath.has(head.path())), head)
                .toResponse();
    }

    private static RuntimeException ours(WebApplicationException refusal, boolean isManagement) {
        if (refusal instanceof NotFoundException) {
            return isManagement
                    ? ProblemException.notFound("There is nothing at this address.")
                    : RefusedRequestException.invalidRequestURL();
        }
        if (refusal instanceof NotAllowedException) {
            return isManagement ? ProblemException.methodNotAllowed() : RefusedRequestException.invalidRequestURL();
        }
        return refusal;
    }
}
