/** What the node says of itself. */
@org.jspecify.annotations.NullMarked
package io.bida.api.health;
