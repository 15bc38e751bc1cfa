package io.bida.drill.history;

/** What a client knows about the effect of a call. Source: reliability notes 3.1. */
public enum Outcome {
    /** 2xx: it had its effect. */
    OK,
    /** 4xx or connection refused: it certainly had none. */
    FAIL,
    /** 5xx, time-out, reset: it may have had its effect, or have it later. */
    INFO;

    /** The outcome that this status means. */
    public static Outcome ofStatus(int status) {
        if (status >= 200 && status < 300) {
            return OK;
        }
        return status >= 400 && status < 500 ? FAIL : INFO;
    }
}
