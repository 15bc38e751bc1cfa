package io.bida.drill.client;

/** What a client signs with. */
public record AccessKey(String id, String secret) {}
