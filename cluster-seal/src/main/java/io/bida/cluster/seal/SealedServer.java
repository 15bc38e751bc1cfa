package io.bida.cluster.seal;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.util.ThreadFactory;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of {@link SEALED_TCP}: makes and accepts {@link SealedConnection}s.
 *
 * <p>Differs from JGroups' own in how it accepts: a connection is nobody's until its {@link Greeting} was opened, each
 * one is read on a thread of its own and for a limited time, and there is a limit on their number. So who connects and
 * says nothing, or something slowly, keeps nobody waiting.
 */
final class SealedServer extends TcpServer {

    private final ClusterSecret secret;
    private final Refusals refusals;
    private final Strangers<Socket> strangers = new Strangers<>();

    SealedServer(SEALED_TCP transport) throws Exception {
        super(
                transport.getThreadFactory(),
                transport.getSocketFactory(),
                transport.getBindAddress(),
                transport.getBindPort(),
                transport.getBindPort() + transport.getPortRange(),
                transport.getExternalAddr(),
                transport.getExternalPort(),
                transport.getRecvBufSize());
        secret = transport.secret();
        refusals = transport.refusals();
        acceptor = factory.newThread(this::acceptAll, "SealedServer.Acceptor[" + srv_sock.getLocalPort() + "]");
    }

    ClusterSecret secret() {
        return secret;
    }

    Refusals refusals() {
        return refusals;
    }

    ThreadFactory threads() {
        return factory;
    }

    @Override
    protected TcpConnection createConnection(Address dest) throws Exception {
        return new SealedConnection(dest, this);
    }

    private void acceptAll() {
        while (!srv_sock.isClosed()) {
            try {
                Socket socket = srv_sock.accept();
                strangers.add(socket);
                factory.newThread(() -> greet(socket), "SealedServer.Greeting").start();
            } catch (IOException e) {
                if (!srv_sock.isClosed()) {
                    refusals.add(local_addr, "the system", e.toString());
                    // No more files, most likely, and then the next one fails at once too.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
        }
    }

    private void greet(Socket socket) {
        boolean greeted = false;
        try {
            SealedConnection connection = new SealedConnection(socket, this);
            greeted = true;
            addConnection(connection.peerAddress(), connection);
            if (!running()) {
                Util.close(connection);
            }
        } catch (EOFException | SocketException e) {
            log.trace("%s: %s went before it had greeted", local_addr, socket);
        } catch (SocketTimeoutException e) {
            refuse(socket, "no greeting within " + peerAddressReadTimeout() + " ms");
        } catch (Exception e) {
            refuse(socket, e.getMessage());
        } finally {
            strangers.remove(socket);
            if (!greeted) {
                Util.close(socket);
            }
        }
    }

    private void refuse(Socket socket, @Nullable String reason) {
        refusals.add(local_addr, socket.getRemoteSocketAddress(), reason);
    }

    @Override
    public void stop() {
        super.stop();
        strangers.closeAll();
    }
}
