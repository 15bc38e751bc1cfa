package io.bida.account;

/**
 * Settings of an account on the wire.
 *
 * @param loggingBucket stored and returned; empty if unset; at most 256 characters (our choice)
 */
public record AccountAttributes(String loggingBucket) {}
