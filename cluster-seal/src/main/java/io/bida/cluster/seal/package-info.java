/**
 * The seal on everything that the nodes of a cluster say to each other: {@link io.bida.cluster.seal.SEAL}, the JGroups
 * protocol, is the place to start; {@link io.bida.cluster.seal.ClusterSecret} holds the cryptography and knows nothing
 * of JGroups.
 *
 * <p>Not here: membership, discovery, messages of queues. Why there is a protocol of our own is written in
 * {@code docs/decisions/}.
 */
@NullMarked
package io.bida.cluster.seal;

import org.jspecify.annotations.NullMarked;
