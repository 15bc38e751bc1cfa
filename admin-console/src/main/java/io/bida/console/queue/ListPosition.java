package io.bida.console.queue;

import io.bida.queue.Marker;
import java.io.Serializable;
import java.util.Optional;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/**
 * Which part of the list of queues an address asks for.
 *
 * @param prefix only names that begin with it; empty for all
 * @param after only names after this one; empty from the beginning
 */
record ListPosition(String prefix, String after) implements Serializable {

    /** Parameter names in the address. */
    static final String PREFIX = "prefix";

    static final String AFTER = "after";

    /** Queues on one page. Chosen: what a person takes in with little scrolling. */
    static final int PAGE_SIZE = 20;

    private static final long serialVersionUID = 1L;

    /** What the address says. */
    static ListPosition of(PageParameters parameters) {
        return new ListPosition(
                parameters.get(PREFIX).toString("").strip(),
                parameters.get(AFTER).toString(""));
    }

    /** The same part, in the form the service takes. */
    Optional<Marker> marker() {
        return after.isEmpty() ? Optional.empty() : Optional.of(new Marker(after));
    }

    /** The page that goes on at the marker. */
    ListPosition goingOnAt(Marker marker) {
        return new ListPosition(prefix, marker.lastName());
    }

    /** The page with which this listing begins. */
    ListPosition first() {
        return new ListPosition(prefix, "");
    }

    /** Whether this is the beginning of the listing. */
    boolean isFirst() {
        return after.isEmpty();
    }

    /** Writes it into an address. */
    PageParameters addTo(PageParameters parameters) {
        if (!prefix.isEmpty()) {
            parameters.set(PREFIX, prefix);
        }
        if (!after.isEmpty()) {
            parameters.set(AFTER, after);
        }
        return parameters;
    }
}
