/**
 * Drills that need a server of their own and the wire of these tests: one that is filled, and one with a long backlog.
 * Those that kill nodes under load and judge what became of every message are a module of their own, {@code drills}.
 */
@NullMarked
package io.bida.it.drill;

import org.jspecify.annotations.NullMarked;
