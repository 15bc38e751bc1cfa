package io.bida.cluster.seal;

import java.nio.ByteBuffer;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;

/**
 * What a sealed thing is, and the address of the node that may open it: a greeting opens as no frame, and what was
 * recorded on its way to one node opens at no other, nor on the other port of the same one.
 *
 * <p>The address is the one that the others know the node by, not the one that a socket shows. JGroups compares it in
 * the same way, and drops what asks for a member at another one, so this asks nothing new of a network.
 */
final class SealedFor {

    private enum Kind {
        GREETING('g'),
        FRAME('f');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }
    }

    private final Kind kind;
    private final IpAddress to;
    private final byte[] bytes;

    private SealedFor(Kind kind, Address to) {
        this.kind = kind;
        this.to = (IpAddress) to;
        byte[] host = this.to.getIpAddress().getAddress();
        this.bytes = ByteBuffer.allocate(Byte.BYTES + host.length + Short.BYTES)
                .put((byte) kind.mark)
                .put(host)
                .putShort((short) this.to.getPort())
                .array();
    }

    static SealedFor greetingOf(Address to) {
        return new SealedFor(Kind.GREETING, to);
    }

    static SealedFor frameFor(Address to) {
        return new SealedFor(Kind.FRAME, to);
    }

    /** For the cipher; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return kind == Kind.GREETING ? "a greeting of " + to : "a frame for " + to;
    }
}
