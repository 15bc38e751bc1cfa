package io.bida.api.error;

import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.error.ServiceException;
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
 * InvalidRequestURL (wire specification 2.6, 1). Anything else it might refuse counts as unexpected.
 */
@Provider
@ApplicationScoped
public class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(WebApplicationException refusal) {
        ServiceException ours = RefusedRequestException.invalidRequestURL();
        boolean isURL = refusal instanceof NotFoundException || refusal instanceof NotAllowedException;
        return ErrorAnswer.of(isURL ? ours : refusal, RequestHead.of(request)).toResponse();
    }
}
