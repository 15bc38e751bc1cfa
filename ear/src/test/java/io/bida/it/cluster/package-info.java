/**
 * Several nodes on this machine, through the launcher: {@link io.bida.it.cluster.ClusterCommandIT} has its commands,
 * tried on processes that only look like nodes, {@link io.bida.it.cluster.KeptNodeIT} who is started again;
 * {@link io.bida.it.cluster.ClusterLifeDrill} starts real ones.
 */
@NullMarked
package io.bida.it.cluster;

import org.jspecify.annotations.NullMarked;
