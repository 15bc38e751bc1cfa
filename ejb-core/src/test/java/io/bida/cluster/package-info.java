/** The nodes of a cluster and their calls, over real JGroups within one process. */
@org.jspecify.annotations.NullMarked
package io.bida.cluster;
