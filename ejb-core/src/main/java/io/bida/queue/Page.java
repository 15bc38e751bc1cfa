package io.bida.queue;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing in name order.
 *
 * @param entries the page, possibly empty
 * @param next where the listing goes on; empty at its end
 */
public record Page<T>(List<T> entries, Optional<Marker> next) {

    /** Keeps its own copy. */
    public Page {
        entries = List.copyOf(entries);
    }
}
