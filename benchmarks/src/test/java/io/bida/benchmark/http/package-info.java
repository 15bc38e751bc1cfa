/** Tests of the hand-written HTTP client: signature vectors, answers in pieces, rendered requests. */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.http;
