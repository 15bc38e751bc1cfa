/**
 * Drills: the server is killed, filled and restarted while clients record what it promised, and a checker compares that
 * with what it kept.
 *
 * <p>{@link io.bida.it.drill.HistoryChecker} holds the promises; {@link io.bida.it.drill.HistoryCheckerTest} shows that
 * it notices when they are broken. Each drill starts a server of its own.
 */
@NullMarked
package io.bida.it.drill;

import org.jspecify.annotations.NullMarked;
