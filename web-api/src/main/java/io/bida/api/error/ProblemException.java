package io.bida.api.error;

import java.util.Map;

/** A request to the management API that is refused for a reason that only HTTP has. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private ProblemException(int status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** 401: nobody known asks. */
    public static ProblemException unauthorized(String detail, String challenge) {
        return new ProblemException(401, detail, Map.of("WWW-Authenticate", challenge));
    }

    /** 403: somebody asks who may not. */
    public static ProblemException forbidden(String detail) {
        return new ProblemException(403, detail, Map.of());
    }

    /** 404: what is asked for does not exist. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(404, detail, Map.of());
    }

    /** 405: it exists, and cannot do that. */
    public static ProblemException methodNotAllowed() {
        return new ProblemException(405, "The method is not allowed for this address.", Map.of());
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
