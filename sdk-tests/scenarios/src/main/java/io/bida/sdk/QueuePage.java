package io.bida.sdk;

import java.util.List;
import java.util.Optional;

/** One page of a listing, and where the next one starts if there is more. */
public record QueuePage<T>(List<T> queues, Optional<String> marker) {

    public QueuePage {
        queues = List.copyOf(queues);
    }
}
