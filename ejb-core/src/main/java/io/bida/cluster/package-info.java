/**
 * The node and its peers: whether it can serve, and with how many copies.
 *
 * <p>The only room that asks the caches and the channel about themselves. Start reading at
 * {@link io.bida.cluster.NodeHealth}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.cluster;
