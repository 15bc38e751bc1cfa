package io.bida.api;

import io.bida.api.error.ErrorAnswer;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Gives errors that the server itself reports the form of all our errors; {@code web.xml} names it as the error page.
 *
 * <p>Asked for by its own URL it is no page at all.
 */
@WebServlet(urlPatterns = "/error", asyncSupported = true)
public class ContainerErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ErrorAnswer error = ErrorAnswer.of(new RefusedRequestException(code(request)), RequestHead.of(request));
        response.setStatus(error.status());
        response.setContentType(error.contentType());
        response.getOutputStream().write(error.document());
    }

    private static ErrorCode code(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getDispatcherType() != DispatcherType.ERROR || !(status instanceof Integer number)) {
            return ErrorCode.INVALID_REQUEST_URL;
        }
        return switch (number) {
            case 400, 404 -> ErrorCode.INVALID_REQUEST_URL;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.TOO_MANY_REQUESTS;
            default -> ErrorCode.INTERNAL_ERROR;
        };
    }
}
