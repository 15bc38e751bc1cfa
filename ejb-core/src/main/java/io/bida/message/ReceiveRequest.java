package io.bida.message;

import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * What a receiver asks for.
 *
 * @param maxMessages how many at most: 1 to 16
 * @param waitSeconds how long to wait for the first: 0 to 30; empty: the queue's polling wait
 * @param clientPresent asked just before a waiting receiver is handed a message; a receiver that answers {@code false}
 *     has hung up and gets nothing. Must not block.
 */
public record ReceiveRequest(int maxMessages, OptionalInt waitSeconds, BooleanSupplier clientPresent) {}
