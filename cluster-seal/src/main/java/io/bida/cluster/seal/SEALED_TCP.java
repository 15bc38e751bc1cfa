package io.bida.cluster.seal;

import java.nio.file.Path;
import java.util.Collection;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.annotations.MBean;
import org.jgroups.annotations.ManagedAttribute;
import org.jgroups.annotations.Property;
import org.jgroups.conf.AttributeType;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a cluster's channel: TCP on which every frame is sealed with the cluster's secret, for the node that
 * it is sent to. Not one byte from somebody without the secret reaches what reads JGroups' messages.
 *
 * <p>In clear are the lengths of the frames and a random number for each process. What belongs to a connection is in
 * {@link SealedServer} and {@link SealedConnection}. Properties of its own: {@code key_file}, the file with the secret.
 * The diagnostics, by which JGroups lets anybody on the network call its operations, are off.
 *
 * <p>The name is in capitals because JGroups names protocols so.
 */
@MBean(description = "TCP, sealed with the secret that all nodes of the cluster share")
public class SEALED_TCP extends BasicTCP {

    @Property(description = "The file with the cluster's secret, 32 random bytes", writable = false)
    protected String key_file = "";

    private @Nullable ClusterSecret secret;
    private @Nullable Refusals refusals;
    private @Nullable SealedServer server;

    /** For the tests, which have no configuration. */
    SEALED_TCP keyFile(Path file) {
        key_file = file.toString();
        return this;
    }

    /** How many connections were refused, or closed because of what came on them; on both ports of this node. */
    @ManagedAttribute(
            description = "Connections refused or closed because something was not sealed with this node's secret",
            type = AttributeType.SCALAR)
    public long getRefused() {
        return refusals().count();
    }

    /** @throws IllegalStateException if the secret is missing or damaged; the text says what to do */
    @Override
    public void init() throws Exception {
        super.init();
        secret = ClusterSecret.read(Path.of(key_file));
        refusals = new Refusals(log);
    }

    ClusterSecret secret() {
        return initialised(secret);
    }

    Refusals refusals() {
        return initialised(refusals);
    }

    private static <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The transport is not initialised");
        }
        return part;
    }

    @Override
    protected DiagnosticsHandler createDiagnosticsHandler() {
        return super.createDiagnosticsHandler().setEnabled(false);
    }

    @Override
    public void start() throws Exception {
        SealedServer made = new SealedServer(this);
        made.setBufferedOutputStreamSize(0) // the connection writes a whole frame at once
                .setBufferedInputStreamSize(1 << 16)
                .peerAddressReadTimeout(peer_addr_read_timeout)
                .usePeerConnections(true)
                .receiver(this)
                .timeService(time_service)
                .socketConnectionTimeout(sock_conn_timeout)
                .tcpNodelay(tcp_nodelay)
                .linger(linger)
                .clientBindAddress(client_bind_addr)
                .clientBindPort(client_bind_port)
                .deferClientBinding(defer_client_bind_addr)
                .connExpireTimeout(conn_expire_time)
                .reaperInterval(reaper_interval)
                .sendBufferSize(send_buf_size)
                .log(log)
                .logDetails(log_details)
                .addConnectionListener(this);
        server = made;
        super.start();
    }

    @Override
    protected void handleConnect() throws Exception {
        initialised(server).start();
        connected = true;
        super.handleConnect();
    }

    @Override
    protected void handleDisconnect() {
        super.handleDisconnect();
        connected = false;
        initialised(server).stop();
    }

    @Override
    public void stop() {
        super.stop();
        Util.close(server);
    }

    @Override
    public void setSocketFactory(SocketFactory factory) {
        super.setSocketFactory(factory);
        if (server != null) {
            server.socketFactory(factory);
        }
    }

    @Override
    public void send(Address dest, byte[] data, int offset, int length) throws Exception {
        if (server != null) {
            server.send(dest, data, offset, length);
        }
    }

    @Override
    public void retainAll(Collection<Address> members) {
        initialised(server).retainAll(members, is_member);
    }

    @Override
    public String printConnections() {
        return initialised(server).printConnections();
    }

    @Override
    protected @Nullable PhysicalAddress getPhysicalAddress() {
        return server == null ? null : (PhysicalAddress) server.localAddress();
    }
}
