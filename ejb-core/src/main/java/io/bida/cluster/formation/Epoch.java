package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A time in the cluster's life during which the same runs of the same nodes held the messages.
 *
 * @param number from 1, rising; 0 only in {@link #NONE}
 * @param id tells two proposals with the same number apart
 * @param members the runs that hold messages
 * @param copies on how many of its members every message is at least that was acknowledged before it or is in it; from
 *     1
 * @param whole whether every message that was acknowledged before it has all the copies that so many members can hold
 * @param begins whether its members began together, with nothing acknowledged since the epoch before, and hold all that
 *     was
 */
record Epoch(long number, UUID id, List<ClusterNode> members, int copies, boolean whole, boolean begins) {

    /** Before the first: the cluster was not formed yet, and there is no message that could have too few copies. */
    static final Epoch NONE = new Epoch(0, new UUID(0, 0), List.of(), Integer.MAX_VALUE, true, true);

    Epoch {
        members = List.copyOf(members);
    }

    boolean isNone() {
        return number == 0;
    }

    /** The names of its members. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        members.forEach(member -> names.add(member.name()));
        return names;
    }

    /** The runs of its members. */
    Set<UUID> runs() {
        Set<UUID> runs = new LinkedHashSet<>();
        members.forEach(member -> runs.add(member.id()));
        return runs;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(number);
        writeId(out, id);
        writeNodes(out, members);
        out.writeInt(copies);
        out.writeBoolean(whole);
        out.writeBoolean(begins);
    }

    static Epoch readFrom(DataInput in) throws IOException {
        return new Epoch(in.readLong(), readId(in), readNodes(in), in.readInt(), in.readBoolean(), in.readBoolean());
    }

    static void writeId(DataOutput out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static void writeNode(DataOutput out, ClusterNode node) throws IOException {
        out.writeUTF(node.name());
        writeId(out, node.id());
    }

    static ClusterNode readNode(DataInput in) throws IOException {
        return new ClusterNode(in.readUTF(), readId(in));
    }

    static void writeNodes(DataOutput out, List<ClusterNode> nodes) throws IOException {
        out.writeShort(nodes.size());
        for (ClusterNode node : nodes) {
            writeNode(out, node);
        }
    }

    static List<ClusterNode> readNodes(DataInput in) throws IOException {
        int count = in.readUnsignedShort();
        List<ClusterNode> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(readNode(in));
        }
        return nodes;
    }

    @Override
    public String toString() {
        return number + " of " + String.join(", ", names());
    }
}
