/**
 * What stands between the network and Wicket: which requests may reach a page at all, and the headers of every answer.
 *
 * <p>Exists because the Wicket in use has known holes in its own guards (its cross-site listener lets same-site and
 * header-less requests through; a resource's style may leave its package). Not here: who may see a page
 * ({@link io.bida.console.ConsoleApplication}). Start reading at {@link io.bida.console.guard.OriginFilter}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.guard;
