package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node says of itself to the others.
 *
 * @param hosts how many nodes the cluster is configured to have
 * @param minCopies on how many nodes an acknowledged message is, at least
 * @param goWithout names of nodes that the operator has given up for lost
 * @param record what it remembers from earlier
 * @param plan how it began, if it began with others of which none served
 * @param replayed whether all it had set aside is in the caches again
 */
record NodeStatus(
        ClusterNode node,
        State state,
        int hosts,
        int minCopies,
        List<String> goWithout,
        Optional<ClusterRecord> record,
        Optional<StartPlan> plan,
        boolean replayed) {

    /** What a node is doing. */
    enum State {
        /** It has not opened its store; what it will do with it is not decided. */
        WAITING(1),
        /** It began together with others of which none served, and puts back what was set aside. */
        REPLAYING(2),
        /** It began empty beside nodes that serve, and is in no epoch yet. */
        JOINING(3),
        /** It is a member of a confirmed epoch that has exactly the members that hold messages now. */
        SERVING(4),
        /** It was, but the members have changed since and no epoch with them is confirmed. */
        STALLED(5),
        /** It does not take part, and its log says why. */
        REFUSED(6);

        private final byte code;

        State(int code) {
            this.code = (byte) code;
        }

        private static State of(byte code) throws IOException {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IOException("no state of a node has code " + code);
        }
    }

    NodeStatus {
        goWithout = List.copyOf(goWithout);
    }

    String name() {
        return node.name();
    }

    /** The last epoch of which it knows that it is confirmed. */
    Epoch confirmed() {
        return record.map(ClusterRecord::confirmed).orElse(Epoch.NONE);
    }

    /** The highest number of an epoch that it has accepted. */
    long highest() {
        return record.map(ClusterRecord::highest).orElse(0L);
    }

    /** Whether it has accepted this epoch or knows of a later one. */
    boolean has(Epoch epoch) {
        return record.isPresent() && record.get().has(epoch);
    }

    void writeTo(DataOutput out) throws IOException {
        Epoch.writeNode(out, node);
        out.writeByte(state.code);
        out.writeShort(hosts);
        out.writeShort(minCopies);
        out.writeShort(goWithout.size());
        for (String name : goWithout) {
            out.writeUTF(name);
        }
        out.writeBoolean(record.isPresent());
        if (record.isPresent()) {
            record.get().writeTo(out);
        }
        out.writeBoolean(plan.isPresent());
        if (plan.isPresent()) {
            plan.get().writeTo(out);
        }
        out.writeBoolean(replayed);
    }

    static NodeStatus readFrom(DataInput in) throws IOException {
        ClusterNode node = Epoch.readNode(in);
        State state = State.of(in.readByte());
        int hosts = in.readUnsignedShort();
        int minCopies = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        List<String> goWithout = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            goWithout.add(in.readUTF());
        }
        Optional<ClusterRecord> record = in.readBoolean() ? Optional.of(ClusterRecord.readFrom(in)) : Optional.empty();
        Optional<StartPlan> plan = in.readBoolean() ? Optional.of(StartPlan.readFrom(in)) : Optional.empty();
        return new NodeStatus(node, state, hosts, minCopies, goWithout, record, plan, in.readBoolean());
    }
}
