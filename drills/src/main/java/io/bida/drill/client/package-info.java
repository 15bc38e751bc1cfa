/** A client of one node: the port that the drills use, and the wire behind it. */
@NullMarked
package io.bida.drill.client;

import org.jspecify.annotations.NullMarked;
