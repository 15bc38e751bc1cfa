package io.bida.api.error;

import io.bida.api.header.ApiHeaders;
import io.bida.api.header.ManagementPath;
import io.bida.api.header.RequestHead;
import io.bida.api.signature.SignatureDoesNotMatchException;
import io.bida.api.xml.ErrorDocument;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * What a client is told when its call as a whole fails: status, headers and document.
 *
 * <p>A {@link ServiceException} says itself what it is. Anything else is a defect: the client gets a fixed text and the
 * request id, the log the whole of it. In XML for the MNS wire (source: wire specification 4.1), in JSON for the
 * management API.
 */
public final class ErrorAnswer {

    private static final Logger LOG = Logger.getLogger(ErrorAnswer.class);

    /** When a client refused with 503 should try again, in seconds: 1, our choice. */
    public static final String RETRY_AFTER_SECONDS = "1";

    private final int status;
    private final String contentType;
    private final byte[] document;
    private final Map<String, String> headers;

    private ErrorAnswer(int status, String contentType, byte[] document, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.document = document;
        this.headers = headers;
    }

    /** The answer to this request after this failure, which may be wrapped as stages and containers do. */
    public static ErrorAnswer of(Throwable failure, RequestHead head) {
        Throwable cause = unwrap(failure);
        if (cause instanceof ServiceException refusal) {
            return of(refusal.code(), refusal.getMessage(), stringToSign(refusal), head);
        }
        if (cause instanceof ProblemException problem) {
            byte[] document = ProblemDocument.write(
                    problem.status(), Optional.empty(), String.valueOf(problem.getMessage()), head);
            return ofManagement(problem.status(), document, problem.headers());
        }
        LOG.errorf(cause, "Request %s failed: %s %s", head.id(), head.method(), head.path());
        return of(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR.template(), Optional.empty(), head);
    }

    private static ErrorAnswer of(ErrorCode code, String message, Optional<String> stringToSign, RequestHead head) {
        if (ManagementPath.has(head.path())) {
            byte[] problem = ProblemDocument.write(code.status(), Optional.of(code.wireName()), message, head);
            return ofManagement(code.status(), problem, headers(code));
        }
        byte[] document = ErrorDocument.write(code.wireName(), message, head.id(), head.hostId(), stringToSign);
        return new ErrorAnswer(code.status(), ApiHeaders.XML_TYPE, document, headers(code));
    }

    // Nobody may keep it: what is not there now, or not for this person, may be there in a moment, or for the next.
    private static ErrorAnswer ofManagement(int status, byte[] problem, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ErrorAnswer(status, ProblemDocument.TYPE, problem, all);
    }

    private static Map<String, String> headers(ErrorCode code) {
        if (code == ErrorCode.SERVICE_UNAVAILABLE) {
            return Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        // Closed, or the server would have to read what is too large.
        return code == ErrorCode.REQUEST_TOO_LARGE ? Map.of("Connection", "close") : Map.of();
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && isWrapping(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapping(Throwable failure) {
        return failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof EJBException;
    }

    private static Optional<String> stringToSign(ServiceException refusal) {
        return refusal instanceof SignatureDoesNotMatchException mismatch
                ? Optional.of(mismatch.stringToSign())
                : Optional.empty();
    }

    /** The same as JAX-RS takes it. */
    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, contentType)
                .entity(document);
        headers.forEach(response::header);
        return response.build();
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The media type of {@link #document}: the wire's XML, or the management API's JSON. */
    public String contentType() {
        return contentType;
    }

    /** The body; not to be changed. */
    public byte[] document() {
        return document;
    }
}
