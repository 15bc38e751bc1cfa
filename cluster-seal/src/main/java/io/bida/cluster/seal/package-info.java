/**
 * The seal on everything that the nodes of a cluster say to each other: {@link io.bida.cluster.seal.SEALED_TCP}, the
 * transport of the channel, is the place to start, with {@link io.bida.cluster.seal.SEALED_FD_SOCK2} beside it on the
 * second port; {@link io.bida.cluster.seal.ClusterSecret} holds the cryptography.
 *
 * <p>Not here: membership, discovery, messages of queues. Why there is a transport of our own is written in
 * {@code docs/decisions/}.
 */
@NullMarked
package io.bida.cluster.seal;

import org.jspecify.annotations.NullMarked;
