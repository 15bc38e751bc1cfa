/**
 * Drills: servers are killed, paused, cut off and filled while clients record what they promised, and a checker
 * compares that with what they kept.
 *
 * <p>Start reading at {@link io.bida.drill.run.DrillRun}; {@link io.bida.drill.history.HistoryChecker} holds the
 * promises, and {@link io.bida.drill.model} the queue with mistakes to switch on that shows that the checker notices.
 */
@NullMarked
package io.bida.drill;

import org.jspecify.annotations.NullMarked;
