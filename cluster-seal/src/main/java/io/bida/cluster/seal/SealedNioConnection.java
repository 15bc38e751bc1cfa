package io.bida.cluster.seal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jgroups.Address;
import org.jgroups.blocks.cs.NioConnection;
import org.jgroups.nio.Buffers;
import org.jspecify.annotations.Nullable;

/**
 * A connection of {@link SealedNioServer}: what {@link SealedConnection} is on the other port, read without waiting.
 */
final class SealedNioConnection extends NioConnection {

    /** Bytes that a frame may have with its seal; here they have two addresses, a name and some headers. Our choice. */
    static final int LONGEST_FRAME = 1 << 12;

    private final SealedNioServer sealedServer;
    private final ByteBuffer greeting = ByteBuffer.allocate(Greeting.SEALED_BYTES);

    /** One that this node makes. */
    SealedNioConnection(Address peer, SealedNioServer server) throws Exception {
        super(peer, server);
        sealedServer = server;
    }

    /** One that was accepted: its {@link Greeting} is still to come. */
    SealedNioConnection(SocketChannel accepted, SealedNioServer server) throws Exception {
        super(accepted, server);
        sealedServer = server;
    }

    @Override
    protected void sendLocalAddress(Address local) throws Exception {
        send(ByteBuffer.wrap(Greeting.seal(sealedServer.secret(), local, peer_addr)), false);
    }

    @Override
    protected @Nullable Address readPeerAddress() throws Exception {
        if (channel.read(greeting) < 0) {
            throw new EOFException();
        }
        return greeting.hasRemaining()
                ? null
                : Greeting.open(sealedServer.secret(), greeting.array(), server.localAddress());
    }

    @Override
    public void send(byte[] data, int offset, int length) throws Exception {
        ByteBuffer sealed = ByteBuffer.allocate(length + ClusterSecret.OVERHEAD_BYTES);
        sealedServer.secret().seal(SealedFor.frameFor(peer_addr), ByteBuffer.wrap(data, offset, length), sealed);
        send(sealed.flip());
    }

    @Override
    protected boolean _read() throws Exception {
        try {
            return peer_addr == null ? readGreeting() : readFrame();
        } catch (BrokenSealException e) {
            sealedServer.refusals().add(server.localAddress(), channel.getRemoteAddress(), e.getMessage());
            // What JGroups takes for an ordinary end of a connection, and does not write to the log each time.
            throw new EOFException(e.getMessage());
        }
    }

    private boolean readGreeting() throws Exception {
        Address peer = readPeerAddress();
        if (peer == null) {
            return false;
        }
        peer_addr = peer;
        recv_buf = new Buffers(2).add(ByteBuffer.allocate(Integer.BYTES), null).maxLength(server.getMaxLength());
        sealedServer.greeted(this);
        return true;
    }

    private boolean readFrame() throws Exception {
        ByteBuffer sealed = receivedFrame();
        if (sealed == null) {
            return false;
        }
        ByteBuffer plain = ByteBuffer.allocate(sealed.remaining());
        sealedServer.secret().open(SealedFor.frameFor(server.localAddress()), sealed, plain);
        server.receive(peer_addr, plain.array(), 0, plain.position());
        return true;
    }

    private @Nullable ByteBuffer receivedFrame() throws Exception {
        try {
            return recv_buf.readLengthAndData(channel);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new BrokenSealException(
                    "a frame longer than " + LONGEST_FRAME + " bytes, or of a negative length", e);
        }
    }

    @Override
    public void close() throws IOException {
        sealedServer.gone(this);
        super.close();
    }
}
