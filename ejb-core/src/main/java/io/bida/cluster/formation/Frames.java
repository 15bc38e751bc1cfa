package io.bida.cluster.formation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/**
 * What nodes say to each other about formation, as bytes: {@code version 1 | kind 1 | content}.
 *
 * <p>Nodes of two releases meet during an upgrade. <b>To add a field:</b> append it and raise the version; a node
 * answers in the version it was asked in, and refuses one that it does not know.
 */
final class Frames {

    private static final byte VERSION = 1;

    private Frames() {}

    /** What is asked. */
    enum Kind {
        /** Tell me of yourself; this is what I am. */
        STATUS(1),
        /** Can you begin by this plan? */
        PREPARE(2),
        /** Begin by this plan. */
        START(3),
        /** Do you accept this epoch? */
        PROPOSE(4),
        /** All its members have accepted this epoch. */
        CONFIRM(5),
        /** End, and begin again. */
        RESTART(6);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("no call about formation has code " + code);
        }
    }

    /** Something that was asked; which parts it has depends on its kind. */
    record Request(
            Kind kind,
            Optional<NodeStatus> status,
            Optional<StartPlan> plan,
            Optional<Proposal> proposal,
            Optional<String> reason) {}

    /**
     * A proposed epoch, or a confirmed one.
     *
     * @param confirmed the last epoch before it that is known to be confirmed
     * @param highest the highest epoch that the node asked has accepted, as it said itself; if that has changed, it
     *     refuses
     */
    record Proposal(UUID clusterId, Epoch epoch, Epoch confirmed, long highest) {}

    @FunctionalInterface
    private interface Content {
        void writeTo(DataOutput out) throws IOException;
    }

    static byte[] status(NodeStatus own) {
        return frame(Kind.STATUS, own::writeTo);
    }

    static byte[] plan(Kind kind, StartPlan plan) {
        return frame(kind, plan::writeTo);
    }

    static byte[] proposal(Kind kind, Proposal proposal) {
        return frame(kind, out -> {
            Epoch.writeId(out, proposal.clusterId());
            proposal.epoch().writeTo(out);
            proposal.confirmed().writeTo(out);
            out.writeLong(proposal.highest());
        });
    }

    static byte[] restart(String reason) {
        return frame(Kind.RESTART, out -> out.writeUTF(reason));
    }

    /**
     * What these bytes ask.
     *
     * @throws UncheckedIOException if they are of a version this release does not know, or damaged
     */
    static Request request(byte[] frame) {
        try {
            DataInput in = open(frame);
            Kind kind = Kind.of(in.readByte());
            return new Request(
                    kind,
                    kind == Kind.STATUS ? Optional.of(NodeStatus.readFrom(in)) : Optional.empty(),
                    kind == Kind.PREPARE || kind == Kind.START ? Optional.of(StartPlan.readFrom(in)) : Optional.empty(),
                    kind == Kind.PROPOSE || kind == Kind.CONFIRM ? Optional.of(proposal(in)) : Optional.empty(),
                    kind == Kind.RESTART ? Optional.of(in.readUTF()) : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proposal proposal(DataInput in) throws IOException {
        return new Proposal(Epoch.readId(in), Epoch.readFrom(in), Epoch.readFrom(in), in.readLong());
    }

    /** The answer to a question about the node itself. */
    static byte[] answer(NodeStatus status) {
        return write(status::writeTo);
    }

    static NodeStatus statusAnswer(byte[] answer) {
        try {
            return NodeStatus.readFrom(open(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to anything else: whether it was done. */
    static byte[] answer(boolean done) {
        return write(out -> out.writeBoolean(done));
    }

    static boolean isDone(byte[] answer) {
        try {
            return open(answer).readBoolean();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] frame(Kind kind, Content content) {
        return write(out -> {
            out.writeByte(kind.code);
            content.writeTo(out);
        });
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static DataInput open(byte[] frame) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "a call about formation of version " + version + ", which this release does not know");
        }
        return in;
    }
}
