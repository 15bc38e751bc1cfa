package io.bida.cluster;

import java.util.UUID;

/**
 * One run of one node of the cluster.
 *
 * @param name the node's name, the same at every run
 * @param id of this run
 */
public record ClusterNode(String name, UUID id) {

    @Override
    public String toString() {
        return name;
    }
}
