/** Whether the node lives and serves, for whoever restarts or balances nodes; unsigned, JSON. */
@org.jspecify.annotations.NullMarked
package io.bida.api.health;
