/** The time that drills live in: the machine's, or a made-up one in which minutes pass in a moment. */
@NullMarked
package io.bida.drill.time;

import org.jspecify.annotations.NullMarked;
