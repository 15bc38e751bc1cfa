/**
 * How a refusal looks on the wire: its document, its status, and the mappers that make it from an exception.
 *
 * <p>The table of codes is {@link io.bida.error.ErrorCode} in the core; here are the exceptions that state a fact of
 * HTTP or XML. Start reading at {@link io.bida.api.error.ErrorAnswer}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.error;
