/**
 * The one place where the wall clock is read.
 *
 * <p>Everything else takes the injected {@link java.time.Clock}, so that a test can move time by hand.
 */
@org.jspecify.annotations.NullMarked
package io.bida.time;
