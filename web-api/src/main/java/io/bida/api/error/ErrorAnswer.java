package io.bida.api.error;

import io.bida.api.header.ApiHeaders;
import io.bida.api.header.RequestHead;
import io.bida.api.signature.SignatureDoesNotMatchException;
import io.bida.api.xml.ErrorDocument;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * What a client is told when its call as a whole fails: status, headers and document.
 *
 * <p>A {@link ServiceException} says itself what it is. Anything else is a defect: the client gets a fixed text and the
 * request id, the log the whole of it. Source: wire specification 4.1.
 */
public final class ErrorAnswer {

    private static final Logger LOG = Logger.getLogger(ErrorAnswer.class);

    /** When a client refused with 503 should try again, in seconds: 1, our choice. */
    public static final String RETRY_AFTER_SECONDS = "1";

    private final ErrorCode code;
    private final byte[] document;

    private ErrorAnswer(ErrorCode code, byte[] document) {
        this.code = code;
        this.document = document;
    }

    /** The answer to this request after this failure, which may be wrapped as stages and containers do. */
    public static ErrorAnswer of(Throwable failure, RequestHead head) {
        Throwable cause = unwrap(failure);
        if (cause instanceof ServiceException refusal) {
            return of(refusal.code(), refusal.getMessage(), stringToSign(refusal), head);
        }
        LOG.errorf(cause, "Request %s failed: %s %s", head.id(), head.method(), head.path());
        return of(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR.template(), Optional.empty(), head);
    }

    private static ErrorAnswer of(ErrorCode code, String message, Optional<String> stringToSign, RequestHead head) {
        byte[] document = ErrorDocument.write(code.wireName(), message, head.id(), head.hostId(), stringToSign);
        return new ErrorAnswer(code, document);
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
        Response.ResponseBuilder response = Response.status(code.status())
                .header(HttpHeaders.CONTENT_TYPE, ApiHeaders.XML_TYPE)
                .entity(document);
        if (code == ErrorCode.SERVICE_UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (code == ErrorCode.REQUEST_TOO_LARGE) {
            response.header("Connection", "close"); // or the server would have to read what is too large
        }
        return response.build();
    }

    /** The status of HTTP. */
    public int status() {
        return code.status();
    }

    /** The XML; not to be changed. */
    public byte[] document() {
        return document;
    }
}
