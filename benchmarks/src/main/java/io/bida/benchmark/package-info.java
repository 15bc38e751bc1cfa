/**
 * The load driver: what a running Bida does per second, how long each operation takes, and what it costs.
 *
 * <p>Start reading at {@link io.bida.benchmark.LoadDriver}. A {@code LoadCase} says what to run, a {@code LoadRun} runs
 * it for a while with one {@code Worker} per connection, and {@code Report} puts the rounds together and divides them
 * by each other. How to run it and how to read the figures is in {@code benchmarks/README.md}.
 *
 * <p>The client shares the machine with the server, so here cheap beats pretty: one thread and one blocking socket per
 * connection, requests rendered once and patched, answers parsed only as far as the next request needs. Not here:
 * anything the server runs. The signature is written a second time on purpose, so that the driver also checks the
 * server's.
 */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark;
