/**
 * The cheapest HTTP/1.1 client that can speak signed MNS: request bytes made by hand, answers read into one buffer.
 *
 * <p>Used by one thread at a time, nothing in here is shared. Not here: what a queue is, what is measured.
 */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.http;
