/**
 * What happens to every request before any thread works on it: it gets its id, is refused if it can be none of ours,
 * its body is taken in as it arrives, and a worker thread gets it.
 *
 * <p>Handlers of the server's own, in front of servlets and JAX-RS, because nothing behind them can see the raw request
 * line, put an id on the server's own errors, or wait for a slow body without a thread. Start reading at
 * {@link io.bida.api.intake.RequestHandler}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.intake;
