/** How nodes begin together and agree on epochs, over real JGroups within one process. */
@org.jspecify.annotations.NullMarked
package io.bida.cluster.formation;
