package io.bida.cluster.seal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;

/**
 * The first {@value #SEALED_BYTES} bytes of a connection, in which the node that makes it says at which address it
 * listens, so that the connection serves both ways. It stands in place of what JGroups says there in clear: without the
 * secret nobody gets as far as a frame, nor takes the place of a node that has the secret.
 *
 * <p>Nothing is answered and nothing awaited, so no hung process holds up the other end.
 */
final class Greeting {

    private static final int LONGEST_HOST = 16;
    private static final int PLAIN_BYTES = Byte.BYTES + LONGEST_HOST + Short.BYTES;
    static final int SEALED_BYTES = PLAIN_BYTES + ClusterSecret.OVERHEAD_BYTES;

    private Greeting() {}

    static byte[] seal(ClusterSecret secret, Address from, Address to) {
        IpAddress address = (IpAddress) from;
        byte[] host = address.getIpAddress().getAddress();
        ByteBuffer plain =
                ByteBuffer.allocate(PLAIN_BYTES).put((byte) host.length).put(host);
        plain.putShort(PLAIN_BYTES - Short.BYTES, (short) address.getPort()).clear();
        ByteBuffer sealed = ByteBuffer.allocate(SEALED_BYTES);
        secret.seal(SealedFor.greetingOf(to), plain, sealed);
        return sealed.array();
    }

    /** At which address the sender listens. */
    static IpAddress open(ClusterSecret secret, byte[] sealed, Address to) throws BrokenSealException {
        ByteBuffer plain = ByteBuffer.allocate(PLAIN_BYTES);
        secret.open(SealedFor.greetingOf(to), ByteBuffer.wrap(sealed), plain);
        byte[] host = new byte[plain.flip().get()];
        plain.get(host);
        try {
            int port = Short.toUnsignedInt(plain.getShort(PLAIN_BYTES - Short.BYTES));
            return new IpAddress(InetAddress.getByAddress(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("A node with the secret greeted with an address of another form", e);
        }
    }
}
