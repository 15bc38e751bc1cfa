package io.bida.it.rest;

/**
 * An access key and the account it belongs to.
 *
 * @param accountId the account
 * @param accessKeyId the public half
 * @param accessKeySecret the half that only signs
 */
public record Credentials(String accountId, String accessKeyId, String accessKeySecret) {}
