package io.bida.it.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An access key and the account it belongs to.
 *
 * @param accountId the account
 * @param accessKeyId the public half
 * @param accessKeySecret the half that only signs
 */
public record Credentials(String accountId, String accessKeyId, String accessKeySecret) {

    /** How a person says name and password in the Authorization header. Source: RFC 7617. */
    public static String basic(String name, String password) {
        byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
