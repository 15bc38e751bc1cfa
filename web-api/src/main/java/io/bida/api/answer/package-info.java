/**
 * How an outcome of the core becomes an answer of HTTP: status, headers, body, and on which thread.
 *
 * <p>Start reading at {@link io.bida.api.answer.Answers}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.answer;
