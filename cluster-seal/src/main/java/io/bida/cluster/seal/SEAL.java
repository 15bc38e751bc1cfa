package io.bida.cluster.seal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.annotations.MBean;
import org.jgroups.annotations.ManagedAttribute;
import org.jgroups.annotations.Property;
import org.jgroups.conf.AttributeType;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ByteArray;
import org.jgroups.util.FastArray;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Seals every message of this node with the cluster's secret and drops every message that is not sealed with it: who
 * does not have the secret neither joins nor reads.
 *
 * <p>It stands directly above the transport, so all that other protocols say is inside: discovery, joins, views, heart
 * beats, suspicions and bodies, with their headers. In clear are the cluster's name, the sender's random address and
 * the length. The socket of FD_SOCK2 is not the transport's; who breaks that connection causes a suspicion, which is
 * verified through the seal.
 *
 * <p>Safe for use by any thread. The name is in capitals because JGroups names protocols so.
 */
@MBean(description = "Seals messages with the secret that all nodes of the cluster share")
public class SEAL extends Protocol {

    /** A node with another secret tries to join every few seconds; one line a minute tells it. Our choice. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    @Property(description = "The file with the cluster's secret, 32 random bytes", writable = false)
    protected String key_file = "";

    @ManagedAttribute(
            description = "Messages dropped because they were not sealed with this node's secret",
            type = AttributeType.SCALAR)
    protected final AtomicLong dropped = new AtomicLong();

    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    private @Nullable ClusterSecret secret;

    /** For the tests, which have no configuration. */
    SEAL keyFile(Path file) {
        key_file = file.toString();
        return this;
    }

    /** How many messages were dropped because they were not sealed with this node's secret, or came a second time. */
    long dropped() {
        return dropped.get();
    }

    /** @throws IllegalStateException if the secret is missing or damaged; the text says what to do */
    @Override
    public void init() throws Exception {
        super.init();
        secret = ClusterSecret.read(Path.of(key_file));
    }

    private ClusterSecret secret() {
        ClusterSecret opened = secret;
        if (opened == null) {
            throw new IllegalStateException("A message before the protocol was initialised");
        }
        return opened;
    }

    @Override
    public Object down(Message message) {
        return down_prot.down(seal(message));
    }

    private Message seal(Message message) {
        if (message.getSrc() == null) {
            message.setSrc(local_addr);
        }
        ByteArray plain = serialized(message);
        byte[] sealed = secret().seal(plain.array(), plain.offset(), plain.length());
        Message envelope = new BytesMessage(message.getDest(), sealed)
                .setSrc(message.getSrc())
                // For the transport: whether it goes to ourselves as well, and whether the call may block.
                .setFlag(message.getFlags(true), true);
        if (message.isFlagSet(Message.Flag.OOB)) {
            envelope.setFlag(Message.Flag.OOB);
        }
        return envelope;
    }

    private static ByteArray serialized(Message message) {
        try {
            return Util.messageToBuffer(message);
        } catch (Exception e) {
            throw new IllegalArgumentException("A message that cannot be written: " + message, e);
        }
    }

    @Override
    public @Nullable Object up(Message envelope) {
        Message message = open(envelope);
        return message == null ? null : up_prot.up(message);
    }

    @Override
    public void up(MessageBatch batch) {
        FastArray<Message>.FastIterator envelopes = (FastArray<Message>.FastIterator) batch.iterator();
        while (envelopes.hasNext()) {
            Message message = open(envelopes.next());
            if (message == null) {
                envelopes.remove();
            } else {
                envelopes.replace(message);
            }
        }
        if (!batch.isEmpty()) {
            up_prot.up(batch);
        }
    }

    /** What is inside, or null where there is nothing that this node may believe. */
    private @Nullable Message open(Message envelope) {
        try {
            if (!envelope.hasArray()) {
                throw new BrokenSealException("no seal");
            }
            byte[] plain = secret().open(envelope.getArray(), envelope.getOffset(), envelope.getLength());
            Message message = Util.messageFromBuffer(plain, 0, plain.length);
            if (!isForThisNode(message.getDest())) {
                throw new BrokenSealException("sealed for another node");
            }
            return message;
        } catch (BrokenSealException e) {
            drop(envelope, e);
            return null;
        } catch (Exception e) {
            // Sealed by a node that writes messages in another way: one of another release.
            dropped.incrementAndGet();
            log.error("%s: dropped a message of %s that this release cannot read", local_addr, envelope.getSrc(), e);
            return null;
        }
    }

    // A physical address is the way to a node whose own address is not known yet; the transport has checked it.
    private boolean isForThisNode(@Nullable Address destination) {
        return destination == null || destination instanceof PhysicalAddress || destination.equals(local_addr);
    }

    private void drop(Message envelope, BrokenSealException reason) {
        dropped.incrementAndGet();
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS.toNanos())) {
            log.warn(
                    "%s: dropped a message from %s: %s. A node with another secret/cluster.key, or with none, cannot"
                            + " take part: copy the directory secret/ of one node to all others",
                    local_addr, envelope.getSrc(), reason.getMessage());
        }
    }
}
