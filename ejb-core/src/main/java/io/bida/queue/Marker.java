package io.bida.queue;

/**
 * Where a listing goes on: the last name of the page before, opaque to clients.
 *
 * @param lastName the last entry already listed
 */
public record Marker(String lastName) {}
