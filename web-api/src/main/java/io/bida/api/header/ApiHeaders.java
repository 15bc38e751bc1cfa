package io.bida.api.header;

import io.undertow.util.HttpString;

/**
 * Header names of the wire, in the case some clients depend on, and the media type of every body.
 *
 * <p>Source: wire specification 1.3 and 1.5, API 2015-06-06.
 */
public final class ApiHeaders {

    /** On every answer, 24 characters; two clients look it up in exactly this case. */
    public static final HttpString REQUEST_ID = new HttpString("x-mns-request-id");

    /** Required on every request, given on every answer. */
    public static final HttpString VERSION = new HttpString("x-mns-version");

    /** The one version there is. */
    public static final String VERSION_VALUE = "2015-06-06";

    /** Stands in for {@code Date}. */
    public static final HttpString MNS_DATE = new HttpString("x-mns-date");

    /** Checked if present. */
    public static final HttpString CONTENT_MD5 = new HttpString("Content-MD5");

    /** A temporary credential; not signed. */
    public static final HttpString SECURITY_TOKEN = new HttpString("security-token");

    /** The same under the name one client gives it; signed like every {@code x-mns-} header. */
    public static final HttpString MNS_SECURITY_TOKEN = new HttpString("x-mns-security-token");

    /** List only names that begin with it. */
    public static final HttpString PREFIX = new HttpString("x-mns-prefix");

    /** List on from the page before. */
    public static final HttpString MARKER = new HttpString("x-mns-marker");

    /** List at most so many. */
    public static final HttpString RET_NUMBER = new HttpString("x-mns-ret-number");

    /** List with attributes. */
    public static final HttpString WITH_META = new HttpString("x-mns-with-meta");

    /** Where a created queue is; a client reads it from a case-sensitive map. */
    public static final String LOCATION = "Location";

    /** The type of every XML body we answer; written without a blank, as the real service does. */
    public static final String XML_TYPE = "text/xml;charset=utf-8";

    private ApiHeaders() {}
}
