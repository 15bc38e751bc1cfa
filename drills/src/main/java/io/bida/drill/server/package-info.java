/** Running servers, and what can be done to them. */
@NullMarked
package io.bida.drill.server;

import org.jspecify.annotations.NullMarked;
