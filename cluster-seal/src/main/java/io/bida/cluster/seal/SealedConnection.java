package io.bida.cluster.seal;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.util.ThreadFactory;

/**
 * A connection of {@link SealedServer}: a {@link Greeting} from who makes it, then frames both ways, each a length (4
 * bytes, big-endian) and as many sealed bytes.
 *
 * <p>What cannot be opened ends the connection: the place of the next frame is known from this one only. What was lost
 * with it is said again by the protocols above, on a new one.
 */
final class SealedConnection extends TcpConnection {

    /**
     * Bytes that a frame may have with its seal. JGroups sends no more than 64,000 and some headers at once: its
     * bundler's {@code max_size}, and longer messages are cut by FRAG4.
     */
    static final int LONGEST_FRAME = 1 << 20;

    private static final int FIRST_BUFFER = 1 << 13;

    // One sender at a time, under JGroups' lock; one receiver.
    private ByteBuffer outbox = ByteBuffer.allocate(FIRST_BUFFER);
    private ByteBuffer inbox = ByteBuffer.allocate(FIRST_BUFFER);
    private ByteBuffer opened = ByteBuffer.allocate(FIRST_BUFFER);
    private final SealedFor forPeer;
    private final SealedFor forThisNode;

    /** One that this node makes. */
    SealedConnection(Address peer, SealedServer server) throws Exception {
        super(peer, server);
        forPeer = SealedFor.frameFor(peer);
        forThisNode = SealedFor.frameFor(server.localAddress());
    }

    /**
     * One that was accepted. Reads the greeting.
     *
     * @throws BrokenSealException if there is none that this node may believe
     * @throws SocketTimeoutException if it is not there in time
     */
    SealedConnection(Socket accepted, SealedServer server) throws Exception {
        super(accepted, server);
        forPeer = SealedFor.frameFor(peer_addr);
        forThisNode = SealedFor.frameFor(server.localAddress());
    }

    private SealedServer sealedServer() {
        return (SealedServer) server;
    }

    @Override
    protected void sendLocalAddress(Address local) throws Exception {
        out.write(Greeting.seal(sealedServer().secret(), local, peer_addr));
        out.flush();
    }

    // Called by the constructor of the class above: nothing of this one is set yet.
    @Override
    protected Address readPeerAddress(Socket socket) throws Exception {
        byte[] greeting = new byte[Greeting.SEALED_BYTES];
        long end =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(sealedServer().peerAddressReadTimeout());
        for (int have = 0; have < greeting.length; ) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            int read = in.read(greeting, have, greeting.length - have);
            if (read < 0) {
                throw new EOFException();
            }
            have += read;
        }
        socket.setSoTimeout(0);
        return Greeting.open(sealedServer().secret(), greeting, server.localAddress());
    }

    @Override
    protected void doSend(byte[] data, int offset, int length, boolean flush) throws Exception {
        int sealedLength = length + ClusterSecret.OVERHEAD_BYTES;
        if (sealedLength > LONGEST_FRAME) {
            throw new IOException("A frame of " + length + " bytes, which no node would take");
        }
        outbox = atLeast(Integer.BYTES + sealedLength, outbox).clear();
        outbox.putInt(sealedLength);
        sealedServer().secret().seal(forPeer, ByteBuffer.wrap(data, offset, length), outbox);
        out.write(outbox.array(), 0, outbox.position());
        if (flush) {
            out.flush();
        }
    }

    private static ByteBuffer atLeast(int length, ByteBuffer buffer) {
        return buffer.capacity() >= length ? buffer : ByteBuffer.allocate(Math.max(length, 2 * buffer.capacity()));
    }

    @Override
    public void start() {
        receiver = new FrameReceiver(sealedServer().threads()).start();
    }

    private void receiveFrame() throws IOException, BrokenSealException {
        int length = in.readInt();
        if (length < ClusterSecret.OVERHEAD_BYTES || length > LONGEST_FRAME) {
            throw new BrokenSealException("a frame of " + length + " bytes");
        }
        inbox = atLeast(length, inbox).clear().limit(length);
        in.readFully(inbox.array(), 0, length);
        opened = atLeast(length, opened).clear();
        sealedServer().secret().open(forThisNode, inbox, opened);
        server.receive(peer_addr, opened.array(), 0, opened.position());
        updateLastAccessed();
    }

    /** The thread that reads a connection. */
    private final class FrameReceiver extends Receiver {

        FrameReceiver(ThreadFactory threads) {
            super(threads);
        }

        @Override
        public void run() {
            try {
                while (canRun()) {
                    receiveFrame();
                }
            } catch (BrokenSealException e) {
                sealedServer().refusals().add(server.localAddress(), peer_addr, e.getMessage());
            } catch (IOException e) {
                server.log().trace("%s: the connection to %s ended: %s", server.localAddress(), peer_addr, e);
            } finally {
                server.notifyConnectionClosed(SealedConnection.this);
            }
        }
    }
}
