/** The clients of a drill: what they send, receive, delete, and what they remember of it. */
@NullMarked
package io.bida.drill.load;

import org.jspecify.annotations.NullMarked;
