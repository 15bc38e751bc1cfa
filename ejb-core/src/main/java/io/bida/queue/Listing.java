package io.bida.queue;

import io.bida.catalogue.KnownRows;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client wants listed: one page in the order of names; costs the same however many names there are.
 *
 * @param prefix only names that begin with it; empty for all
 * @param after where the page before ended
 * @param limit most entries of the page, 1 to 1000
 */
public record Listing(String prefix, Optional<Marker> after, int limit) {

    /**
     * Checks the size of the page.
     *
     * @param what is listed, for the text of the refusal
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public void check(String what, ServiceLimits limits) {
        if (limit < 1 || limit > limits.maxListed()) {
            throw InvalidArgumentException.outOfRange("the number of " + what + " listed", 1, limits.maxListed(), "");
        }
    }

    /**
     * The page of what this owner has.
     *
     * @param key what a picture is found by
     */
    public <V> Page<V> of(KnownRows<OwnedName, V> known, String owner, Function<V, OwnedName> key) {
        List<V> entries = new ArrayList<>();
        String lastName = "";
        for (V each : from(known, owner)) {
            OwnedName name = key.apply(each);
            boolean listed = name.owner().equals(owner) && name.name().startsWith(prefix);
            if (!listed) {
                break;
            }
            if (entries.size() == limit) {
                return new Page<>(entries, Optional.of(new Marker(lastName)));
            }
            entries.add(each);
            lastName = name.name();
        }
        return new Page<>(entries, Optional.empty());
    }

    private <V> Iterable<V> from(KnownRows<OwnedName, V> known, String owner) {
        String last = after.map(Marker::lastName).orElse("");
        return last.compareTo(prefix) < 0
                ? known.from(new OwnedName(owner, prefix), true)
                : known.from(new OwnedName(owner, last), false);
    }
}
