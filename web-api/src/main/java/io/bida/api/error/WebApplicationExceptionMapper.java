package io.bida.api.error;

import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers what JAX-RS itself refuses: a path without a resource is InvalidRequestURL, a method that the resource does
 * not have is 405. Anything else it might refuse has no place on this wire and counts as unexpected.
 */
@Provider
@ApplicationScoped
public class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(WebApplicationException refusal) {
        RequestHead head = RequestHead.of(request);
        if (refusal instanceof NotFoundException) {
            return ErrorAnswer.of(RefusedRequestException.invalidRequestURL(), head)
                    .toResponse();
        }
        if (refusal instanceof NotAllowedException) {
            Response answer = ErrorAnswer.of(new RefusedRequestException(ErrorCode.METHOD_NOT_ALLOWED), head)
                    .toResponse();
            return Response.fromResponse(answer)
                    .header(HttpHeaders.ALLOW, refusal.getResponse().getHeaderString(HttpHeaders.ALLOW))
                    .build();
        }
        return ErrorAnswer.of(refusal, head).toResponse();
    }
}
