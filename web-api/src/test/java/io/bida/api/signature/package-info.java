/** Requests whose signature is known, captured or made up, and what the check says to them. */
@org.jspecify.annotations.NullMarked
package io.bida.api.signature;
