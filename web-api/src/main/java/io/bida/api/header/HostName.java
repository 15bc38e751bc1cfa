package io.bida.api.header;

import java.util.Optional;

/** What the host that a client addressed says about whose request it is. */
public final class HostName {

    private HostName() {}

    /**
     * The account id in a host of the form {@code {digits}.mns.…}, or empty: any other host, an address above all,
     * carries none. Source: wire specification 1.1.
     *
     * @param host the value of the Host header, with or without a port
     */
    public static Optional<String> accountId(String host) {
        int digits = 0;
        while (digits < host.length() && host.charAt(digits) >= '0' && host.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0 && host.regionMatches(true, digits, ".mns.", 0, 5)
                ? Optional.of(host.substring(0, digits))
                : Optional.empty();
    }
}
