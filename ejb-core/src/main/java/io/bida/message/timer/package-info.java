/**
 * What the clock sets off on each node: due messages, the end of retention, the watch over the disk.
 *
 * <p>Each timer method makes one call; rules live elsewhere. Timers are not persistent, because every node cares for
 * the partitions that it serves.
 */
@org.jspecify.annotations.NullMarked
package io.bida.message.timer;
