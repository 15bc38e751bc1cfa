package io.bida.api.signature;

import io.bida.api.header.RefusedRequestException;
import io.bida.error.ErrorCode;

/** What the Authorization header claims: who signs, in which version, and the signature. */
sealed interface Authorization {

    /** The public part of the access key. */
    String keyId();

    /** The signature as sent, unchecked. */
    String signature();

    /** {@code MNS {keyId}:{signature}}. */
    record Version2(String keyId, String signature) implements Authorization {}

    /**
     * {@code MNS4-HMAC-SHA256 Credential={keyId}/{scope},Signature={signature}}.
     *
     * @param dialect the vendor's public or private cloud, which differ in constants only
     * @param date of the scope, {@code yyyyMMdd}
     * @param region of the scope, whatever the client is configured with
     */
    record Version4(Dialect dialect, String keyId, String date, String region, String signature)
            implements Authorization {

        /** The part that is repeated in the string to sign. */
        String scope() {
            return date + '/' + region + "/mns/" + dialect.terminator();
        }
    }

    /** The constants of a version 4 signature. Source: wire specification 2.2. */
    enum Dialect {
        PUBLIC("MNS4-HMAC-SHA256", "aliyun_v4", "aliyun_v4_request"),
        PRIVATE("APSARA-MNS4-HMAC-SHA256", "apsara_v4", "apsara_v4_request");

        private final String algorithm;
        private final String secretPrefix;
        private final String terminator;

        Dialect(String algorithm, String secretPrefix, String terminator) {
            this.algorithm = algorithm;
            this.secretPrefix = secretPrefix;
            this.terminator = terminator;
        }

        String algorithm() {
            return algorithm;
        }

        String secretPrefix() {
            return secretPrefix;
        }

        String terminator() {
            return terminator;
        }
    }

    /**
     * Reads the header's value.
     *
     * @throws RefusedRequestException if it is in none of the forms (InvalidAuthorizationHeader)
     */
    static Authorization parse(String header) {
        if (header.startsWith("MNS ")) {
            return parseVersion2(header.substring(4).trim());
        }
        for (Dialect dialect : Dialect.values()) {
            if (header.startsWith(dialect.algorithm() + ' ')) {
                return parseVersion4(
                        dialect,
                        header.substring(dialect.algorithm().length() + 1).trim());
            }
        }
        throw invalid();
    }

    private static Authorization parseVersion2(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon <= 0 || credentials.indexOf(':', colon + 1) >= 0) {
            throw invalid();
        }
        return new Version2(credentials.substring(0, colon), credentials.substring(colon + 1));
    }

    private static Authorization parseVersion4(Dialect dialect, String credentials) {
        int comma = credentials.indexOf(',');
        if (comma < 0) {
            throw invalid();
        }
        String credential = value("Credential=", credentials.substring(0, comma).trim());
        String signature = value("Signature=", credentials.substring(comma + 1).trim());
        // The id is what is left when the four known parts are taken off the end; it may itself hold a slash.
        String[] parts = new String[4];
        int end = credential.length();
        for (int i = 3; i >= 0; i--) {
            int slash = credential.lastIndexOf('/', end - 1);
            if (slash <= 0) {
                throw invalid();
            }
            parts[i] = credential.substring(slash + 1, end);
            end = slash;
        }
        if (parts[0].length() != 8
                || parts[1].isEmpty()
                || !parts[2].equals("mns")
                || !parts[3].equals(dialect.terminator())) {
            throw invalid();
        }
        return new Version4(dialect, credential.substring(0, end), parts[0], parts[1], signature);
    }

    private static String value(String name, String item) {
        if (!item.startsWith(name)) {
            throw invalid();
        }
        return item.substring(name.length());
    }

    private static RefusedRequestException invalid() {
        return new RefusedRequestException(ErrorCode.INVALID_AUTHORIZATION_HEADER);
    }
}
