package io.bida.api.header;

import io.bida.api.xml.Values;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.NameForm;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.queue.Marker;

/**
 * What the headers of a list request ask for, the same for queues, topics and subscriptions.
 *
 * <p>Source: wire specification 6.5, API 2015-06-06.
 *
 * @param listing which page; its size is checked by who lists
 * @param withMeta whether with attributes; default false
 */
public record ListingHeaders(Listing listing, boolean withMeta) {

    /**
     * Reads them; what is left out has its default.
     *
     * @param limits gives the size of a page where the client names none: as large as it may be
     * @throws InvalidArgumentException if a size or a boolean is none, or a marker cannot be one (InvalidArgument)
     */
    public static ListingHeaders read(RequestHead head, ServiceLimits limits) {
        Listing listing = new Listing(
                head.header(ApiHeaders.PREFIX).orElse(""),
                head.header(ApiHeaders.MARKER)
                        .filter(text -> !text.isEmpty()) // so a client asks for the beginning
                        .map(ListingHeaders::marker),
                head.header(ApiHeaders.RET_NUMBER)
                        .map(text -> Values.integer("x-mns-ret-number", text))
                        .orElse(limits.maxListed()));
        boolean withMeta = head.header(ApiHeaders.WITH_META)
                .map(text -> Values.bool("x-mns-with-meta", text))
                .orElse(false);
        return new ListingHeaders(listing, withMeta);
    }

    /** A marker is a name already listed, and all that is listed has names of one form. */
    private static Marker marker(String text) {
        if (!NameForm.hasGoodLength(text) || !NameForm.hasGoodCharacters(text)) {
            throw InvalidArgumentException.causedBy("x-mns-marker");
        }
        return new Marker(text);
    }
}
