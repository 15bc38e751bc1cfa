package io.bida.api.error;

import io.bida.api.header.RequestHead;
import io.bida.api.xml.MalformedXMLException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** Answers a body that could not be read to its end, as far as the client still listens: MalformedXML. */
@Provider
@ApplicationScoped
public class UnreadableBodyMapper implements ExceptionMapper<IOException> {

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(IOException failure) {
        return ErrorAnswer.of(new MalformedXMLException(), RequestHead.of(request))
                .toResponse();
    }
}
