package io.bida.topic;

/**
 * The answer to an acknowledged publish: every subscription's copy is stored as durably as the service is set to.
 *
 * @param id the message's name, the same at every endpoint
 * @param bodyMd5 upper-case hex MD5 of the body
 */
public record PublishedMessage(String id, String bodyMd5) {}
