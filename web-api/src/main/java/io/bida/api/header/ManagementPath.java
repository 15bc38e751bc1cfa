package io.bida.api.header;

/**
 * Where the management API is: everything at and below {@code /api}, which no path of the MNS wire begins with (wire
 * specification 1.2).
 */
public final class ManagementPath {

    /** The root of version 1. */
    public static final String V1 = "/api/v1";

    private static final String ROOT = "/api";

    private ManagementPath() {}

    /**
     * Whether a path is the management API's.
     *
     * @param raw the path of the request line, undecoded
     */
    public static boolean has(String raw) {
        int start = 0;
        while (start + 1 < raw.length() && raw.charAt(start) == '/' && raw.charAt(start + 1) == '/') {
            start++;
        }
        int end = start + ROOT.length();
        return raw.startsWith(ROOT, start) && (raw.length() == end || raw.charAt(end) == '/');
    }
}
