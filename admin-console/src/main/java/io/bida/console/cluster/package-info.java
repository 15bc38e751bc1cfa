/**
 * The cluster and its nodes, for whoever looks after all of it.
 *
 * <p>Start reading at {@link io.bida.console.cluster.ClusterPage}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.cluster;
