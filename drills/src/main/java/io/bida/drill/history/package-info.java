/** What clients did and saw, and whether that is what they were promised. Nothing here talks to a server. */
@NullMarked
package io.bida.drill.history;

import org.jspecify.annotations.NullMarked;
