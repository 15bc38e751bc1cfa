/**
 * The part of each queue that this node serves: one {@link io.bida.message.delivery.LocalQueue} each, and who wakes it.
 *
 * <p>Here operations meet: sends are grouped into bundles, acts on one bundle into one compare-and-set, waiting
 * receives are served. No thread ever waits in here and no lock is held across I/O. Not here: what storage is (store),
 * which message is next (lifecycle), permissions. Start reading at {@link io.bida.message.delivery.LocalQueues}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.message.delivery;
