package io.bida.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node says of itself, to whoever operates the cluster. Costs the same with one queue and with 100,000.
 *
 * <p>Goes to other nodes as bytes: {@code version 1 | content}. Nodes of two releases meet during an upgrade. <b>To add
 * a field:</b> append it and leave the version; who reads takes what it knows and lets the rest be, and must do without
 * what is not there.
 *
 * @param name the node's name
 * @param state what it does
 * @param activity the same in words for an operator, in English; empty when it serves
 * @param run the process it is
 * @param membership who belongs to the cluster, as it knows it
 * @param segments the copies it keeps
 * @param room what it has left
 * @param messages how many messages the partitions that it leads have, whatever their state; exact, except while stored
 *     ones are still being read again
 */
public record NodeReport(
        String name,
        NodeState state,
        String activity,
        Run run,
        Membership membership,
        Segments segments,
        Room room,
        long messages) {

    private static final byte VERSION = 1;

    /**
     * A run of a node: one server process.
     *
     * @param address where its API and console are, like {@code http://10.0.0.1:8080}
     * @param version the release it runs
     * @param uptime how long it has been running
     */
    public record Run(String address, String version, Duration uptime) {}

    /**
     * Who belongs to the cluster.
     *
     * @param epoch number of the last membership that is known to be confirmed; 0 if there is none
     * @param members names of the nodes of that epoch
     * @param minCopies on how many nodes a message is at least when it is acknowledged, from 1
     * @param gone nodes that were seen and are not there now, and since when
     */
    public record Membership(long epoch, List<String> members, int minCopies, Map<String, Instant> gone) {

        /** Keeps copies. */
        public Membership {
            members = List.copyOf(members);
            gone = Map.copyOf(gone);
        }
    }

    /**
     * The copies of messages that a node keeps, and how those of all nodes look from it.
     *
     * @param all into how many segments all messages are split; 0 before the node has opened them
     * @param led how many of them this node leads
     * @param owned of how many this node has a complete copy
     * @param toCopy copies of segments that this node still waits for; each of the two caches counts for itself
     * @param ofCopies how many copies the node receives altogether in the transfer that runs; 0 if none does
     * @param wantedCopies how many copies there should be with as many nodes as there are, from 1
     * @param fewestCopies how many complete copies the segment with the fewest has
     * @param underReplicated how many segments have fewer copies than wanted
     * @param isComplete whether every member has all it should and nothing is on its way
     * @param holders how many nodes hold messages, or will once the copies are moved: all but those that leave
     */
    public record Segments(
            int all,
            int led,
            int owned,
            int toCopy,
            int ofCopies,
            int wantedCopies,
            int fewestCopies,
            int underReplicated,
            boolean isComplete,
            int holders) {

        /** Of a node that has not opened its messages. */
        public static final Segments NONE = new Segments(0, 0, 0, 0, 0, 0, 0, 0, false, 0);

        private Segments withHolders(int number) {
            return new Segments(
                    all, led, owned, toCopy, ofCopies, wantedCopies, fewestCopies, underReplicated, isComplete, number);
        }
    }

    /**
     * What a node has left, in bytes.
     *
     * @param diskFree what may still be written to the disk of its data
     * @param diskReserve below this, sends are refused
     * @param heapUsed of Java's heap, rubbish included
     * @param heapMax what the heap may grow to
     */
    public record Room(long diskFree, long diskReserve, long heapUsed, long heapMax) {}

    /** The same as bytes. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The report in these bytes.
     *
     * @throws UncheckedIOException if they are of a version this release does not know, or damaged
     */
    static NodeReport of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("a node's report of version " + version + ", which this release does not know");
            }
            return readFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeTo(DataOutputStream out) throws IOException {
        out.writeUTF(name);
        // The first release does not know this state, and would take the whole report for damaged.
        out.writeByte((state == NodeState.LEAVING ? NodeState.SERVING : state).code());
        out.writeUTF(activity);
        out.writeUTF(run.address());
        out.writeUTF(run.version());
        out.writeLong(run.uptime().toMillis());
        out.writeLong(membership.epoch());
        out.writeShort(membership.members().size());
        for (String member : membership.members()) {
            out.writeUTF(member);
        }
        out.writeInt(membership.minCopies());
        out.writeShort(membership.gone().size());
        for (Map.Entry<String, Instant> node : membership.gone().entrySet()) {
            out.writeUTF(node.getKey());
            out.writeLong(node.getValue().toEpochMilli());
        }
        out.writeInt(segments.all());
        out.writeInt(segments.led());
        out.writeInt(segments.owned());
        out.writeInt(segments.toCopy());
        out.writeInt(segments.ofCopies());
        out.writeInt(segments.wantedCopies());
        out.writeInt(segments.fewestCopies());
        out.writeInt(segments.underReplicated());
        out.writeBoolean(segments.isComplete());
        out.writeLong(room.diskFree());
        out.writeLong(room.diskReserve());
        out.writeLong(room.heapUsed());
        out.writeLong(room.heapMax());
        out.writeLong(messages);
        // Not from the first release on:
        out.writeInt(segments.holders());
        out.writeBoolean(state == NodeState.LEAVING);
    }

    private static NodeReport readFrom(DataInputStream in) throws IOException {
        NodeReport first = readFirstRelease(in);
        boolean saysMore = in.available() > 0;
        int holders = saysMore ? in.readInt() : first.membership().members().size();
        NodeState state = saysMore && in.readBoolean() ? NodeState.LEAVING : first.state();
        return new NodeReport(
                first.name(),
                state,
                first.activity(),
                first.run(),
                first.membership(),
                first.segments().withHolders(holders),
                first.room(),
                first.messages());
    }

    /** Without the number of holders: who says no more knows of no node that leaves. */
    private static NodeReport readFirstRelease(DataInputStream in) throws IOException {
        return new NodeReport(
                in.readUTF(),
                NodeState.of(in.readByte()),
                in.readUTF(),
                new Run(in.readUTF(), in.readUTF(), Duration.ofMillis(in.readLong())),
                new Membership(in.readLong(), readNames(in), in.readInt(), readMoments(in)),
                new Segments(
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readInt(),
                        in.readBoolean(),
                        0),
                new Room(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
                in.readLong());
    }

    private static List<String> readNames(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static Map<String, Instant> readMoments(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        Map<String, Instant> moments = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            moments.put(in.readUTF(), Instant.ofEpochMilli(in.readLong()));
        }
        return moments;
    }
}
