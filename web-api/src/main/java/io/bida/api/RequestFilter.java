package io.bida.api;

import io.bida.api.error.ErrorAnswer;
import io.bida.api.header.ApiHeaders;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.api.header.RequestId;
import io.bida.api.header.RequestPath;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Meets every request first: gives it an id, puts id and version on whatever answer it gets, and refuses methods and
 * paths that none of our URLs has.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class RequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        RequestHead head = RequestHead.of(exchange, RequestId.next());
        // At the last moment, because the server clears headers set earlier when it turns an answer into an error.
        exchange.addResponseCommitListener(answer -> answer.getResponseHeaders()
                .put(ApiHeaders.REQUEST_ID, head.id())
                .put(ApiHeaders.VERSION, ApiHeaders.VERSION_VALUE));
        request.setAttribute(RequestHead.PROPERTY, head);
        try {
            checkMethod(head.method());
            String path = RequestPath.normalize(head.path());
            chain.doFilter(path.equals(request.getRequestURI()) ? request : new Normalized(request, path), response);
        } catch (ServiceException refusal) {
            answer(ErrorAnswer.of(refusal, head), response);
        }
    }

    private static void checkMethod(String method) {
        switch (method) {
            case "GET", "PUT", "POST", "DELETE" -> {}
            default -> throw new RefusedRequestException(ErrorCode.METHOD_NOT_ALLOWED);
        }
    }

    private static void answer(ErrorAnswer error, HttpServletResponse response) throws IOException {
        response.setStatus(error.status());
        response.setContentType(ApiHeaders.XML_TYPE);
        response.setContentLength(error.document().length);
        response.getOutputStream().write(error.document());
    }

    /** A request whose path has one leading slash only, so that JAX-RS finds its resource. */
    private static final class Normalized extends HttpServletRequestWrapper {

        private final String path;

        Normalized(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer original = super.getRequestURL();
            int afterScheme = original.indexOf("://") + 3;
            int slash = original.indexOf("/", afterScheme);
            original.setLength(slash < 0 ? original.length() : slash);
            return original.append(path);
        }
    }
}
