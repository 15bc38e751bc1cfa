/**
 * What a person sees when a page cannot be shown: not found, not allowed, expired, failed, database lost.
 *
 * <p>Not here: refusals of a service, which the page that asked explains in place. Start reading at
 * {@link io.bida.console.error.ConsoleExceptionMapper}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.error;
