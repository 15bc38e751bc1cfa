package io.bida.console.component;

import io.bida.error.ServiceException;
import org.apache.wicket.Component;

/** Says in the person's language why a service refused, and the error code that the API would answer. */
public final class Refusals {

    private Refusals() {}

    /** The explanation, with the code in brackets; the service's own English text where there is no explanation. */
    public static String explain(Component where, ServiceException refusal) {
        String code = refusal.code().wireName();
        return where.getString("error." + code, null, refusal.getMessage()) + " (" + code + ")";
    }
}
