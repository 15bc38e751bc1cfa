package io.bida.cluster.seal;

import java.io.IOException;
import java.util.Arrays;
import org.jgroups.annotations.MBean;
import org.jgroups.annotations.Property;
import org.jgroups.blocks.cs.NioServer;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;

/**
 * {@code FD_SOCK2}, which notices a dead process by the end of its connection, on sealed connections: it has a port of
 * its own beside the transport's, and what comes there is sealed in the same way, with the secret of {@link SEALED_TCP}
 * below it.
 *
 * <p>Listens at the transport's address. Properties of its own: {@code bind_port}, from 1; by default {@code offset}
 * above the transport's port. The name is in capitals because JGroups names protocols so.
 */
@MBean(description = "FD_SOCK2, sealed with the secret that all nodes of the cluster share")
public class SEALED_FD_SOCK2 extends FD_SOCK2 {

    @Property(description = "The port to listen on; its distance to the transport's must be the same on all nodes")
    protected int bind_port;

    /** Headers of this protocol are those of FD_SOCK2. */
    public SEALED_FD_SOCK2() {
        setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
    }

    /** For the tests, which have no configuration. */
    SEALED_FD_SOCK2 bindPort(int port) {
        bind_port = port;
        return this;
    }

    /** @throws IllegalStateException if the transport is none that seals */
    @Override
    public void init() throws Exception {
        super.init();
        bind_addr = transport().getBindAddress();
        external_addr = transport().getExternalAddr();
        if (bind_port > 0) {
            offset = bind_port - transport().getBindPort();
        }
    }

    private SEALED_TCP transport() {
        if (getTransport() instanceof SEALED_TCP sealed) {
            return sealed;
        }
        throw new IllegalStateException("SEALED_FD_SOCK2 has the secret from SEALED_TCP, which is not below it");
    }

    @Override
    protected NioServer createServer(int[] ports) {
        IllegalStateException none = new IllegalStateException("No port is free among " + Arrays.toString(ports));
        for (int port : ports) {
            try {
                return SealedNioServer.open(this, port, transport());
            } catch (IOException e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }
}
