package io.bida.cluster.seal;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.blocks.cs.NioConnection;
import org.jgroups.blocks.cs.NioServer;

/** The sockets of {@link SEALED_FD_SOCK2}: makes and accepts {@link SealedNioConnection}s, on one thread for all. */
final class SealedNioServer extends NioServer {

    private final ClusterSecret secret;
    private final Refusals refusals;
    private final Strangers<NioConnection> strangers = new Strangers<>();

    /** @throws IOException if the port is taken */
    static SealedNioServer open(SEALED_FD_SOCK2 protocol, int port, SEALED_TCP transport) throws IOException {
        try {
            return new SealedNioServer(protocol, port, transport);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private SealedNioServer(SEALED_FD_SOCK2 protocol, int port, SEALED_TCP transport) throws Exception {
        super(
                protocol.getThreadFactory(),
                protocol.getSocketFactory(),
                protocol.getBindAddress(),
                port,
                port,
                protocol.getExternalAddress(),
                protocol.getExternalPort(),
                0,
                "jgroups.nio.server.fd_sock");
        secret = transport.secret();
        refusals = transport.refusals();
        setMaxLength(SealedNioConnection.LONGEST_FRAME);
        log(transport.getLog());
    }

    ClusterSecret secret() {
        return secret;
    }

    Refusals refusals() {
        return refusals;
    }

    void greeted(SealedNioConnection connection) throws Exception {
        strangers.remove(connection);
        addConnection(connection.peerAddress(), connection);
    }

    void gone(SealedNioConnection connection) {
        strangers.remove(connection);
    }

    @Override
    protected NioConnection createConnection(Address dest) throws Exception {
        return new SealedNioConnection(dest, this);
    }

    // Throws nothing: what it threw would end the thread that serves all connections.
    @Override
    protected void handleAccept(SelectionKey key) {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                SealedNioConnection connection = new SealedNioConnection(accepted, this);
                strangers.add(connection);
                connection.key(accepted.register(selector, SelectionKey.OP_READ, connection));
            }
        } catch (Exception e) {
            refusals.add(local_addr, "the system", e.toString());
            // No more files, most likely, and then the next one fails at once too.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public synchronized void stop() {
        super.stop();
        strangers.closeAll();
    }
}
