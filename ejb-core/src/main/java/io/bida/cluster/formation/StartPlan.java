package io.bida.cluster.formation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How nodes of which none serves begin together.
 *
 * @param id of this plan
 * @param clusterId of the cluster they are, or become
 * @param base the last epoch that may have been confirmed; {@link Epoch#NONE} for a cluster that is formed now: then
 *     whatever is stored anywhere is believed
 * @param believed the names of the base's members whose stores are believed
 */
record StartPlan(UUID id, UUID clusterId, Epoch base, List<String> believed) {

    StartPlan {
        believed = List.copyOf(believed);
    }

    void writeTo(DataOutput out) throws IOException {
        Epoch.writeId(out, id);
        Epoch.writeId(out, clusterId);
        base.writeTo(out);
        out.writeShort(believed.size());
        for (String name : believed) {
            out.writeUTF(name);
        }
    }

    static StartPlan readFrom(DataInput in) throws IOException {
        UUID id = Epoch.readId(in);
        UUID clusterId = Epoch.readId(in);
        Epoch base = Epoch.readFrom(in);
        int count = in.readUnsignedShort();
        List<String> believed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            believed.add(in.readUTF());
        }
        return new StartPlan(id, clusterId, base, believed);
    }

    /** Whether what a node with this name and record has stored is believed. */
    boolean believes(String name, ClusterRecord record) {
        return base.isNone() || (believed.contains(name) && record.has(base));
    }
}
