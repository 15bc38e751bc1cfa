/** A drill from its first queue to its row of the table: faults, rounds, gaps and copies. */
@NullMarked
package io.bida.drill.run;

import org.jspecify.annotations.NullMarked;
