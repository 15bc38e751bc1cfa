package io.bida.api.error;

import io.bida.api.header.RequestHead;
import io.bida.error.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a refusal with the error code it carries. */
@Provider
@ApplicationScoped
public class ServiceExceptionMapper implements ExceptionMapper<ServiceException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(ServiceException refusal) {
        return ErrorAnswer.of(refusal, RequestHead.of(request)).toResponse();
    }
}
