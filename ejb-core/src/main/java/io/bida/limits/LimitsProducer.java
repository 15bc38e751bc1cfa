package io.bida.limits;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Locale;

/** Gives every bean the limits that {@code bida.limits} chose: {@code strict} (default) or {@code relaxed}. */
@ApplicationScoped
public class LimitsProducer {

    /** The limits in force. */
    @Produces
    ServiceLimits limits() {
        String choice = System.getProperty("bida.limits", "strict").toLowerCase(Locale.ROOT);
        return switch (choice) {
            case "strict" -> ServiceLimits.STRICT;
            case "relaxed" -> ServiceLimits.RELAXED;
            default -> throw new IllegalStateException("bida.limits is strict or relaxed, not " + choice);
        };
    }
}
