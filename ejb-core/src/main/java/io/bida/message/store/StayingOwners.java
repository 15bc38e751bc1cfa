package io.bida.message.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.distribution.ch.impl.DefaultConsistentHash;
import org.infinispan.distribution.ch.impl.SyncConsistentHashFactory;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.SerializationContext;
import org.infinispan.protostream.SerializationContextInitializer;
import org.infinispan.remoting.transport.Address;

/**
 * Who owns which segments: as Infinispan's rule has it, except that a node which is about to leave owns none, so that
 * its copies and what it leads are with the others before it goes.
 *
 * <p>Infinispan asks it on the coordinator only; a node tells all that it leaves, because any may become coordinator.
 * Safe for use by any thread.
 */
public final class StayingOwners extends SyncConsistentHashFactory {

    private final Set<UUID> leaving = ConcurrentHashMap.newKeySet();

    /**
     * The owners of one node's caches.
     *
     * @param global of the node's caches, which learn here how nodes tell each other of this rule
     */
    public StayingOwners(GlobalConfigurationBuilder global) {
        global.serialization().addContextInitializer(new Form());
    }

    /** From the next rebalance on, this run of a node owns nothing, as long as any other member is left. */
    void leaves(UUID run) {
        leaving.add(run);
    }

    /** How many of these members hold copies, or will once the copies are moved: those that are not leaving. */
    int staying(List<Address> members) {
        return (int) members.stream()
                .filter(member -> !leaving.contains(member.getNodeUUID()))
                .count();
    }

    @Override
    public DefaultConsistentHash rebalance(DefaultConsistentHash base) {
        List<Address> members = base.getMembers();
        int staying = staying(members);
        if (staying == 0 || staying == members.size()) {
            return super.rebalance(base);
        }
        Map<Address, Float> capacities = new HashMap<>();
        for (Address member : members) {
            capacities.put(member, leaving.contains(member.getNodeUUID()) ? 0f : 1f);
        }
        DefaultConsistentHash balanced = create(base.getNumOwners(), base.getNumSegments(), members, capacities);
        return balanced.equals(base) ? base : balanced;
    }

    /** The rule as nodes send it to each other: a name, because each has its own. */
    private final class Form implements SerializationContextInitializer, ProtobufTagMarshaller<StayingOwners> {

        private static final String PACKAGE = "io.bida";
        private static final String NAME = "StayingOwners";

        @Override
        public void registerSchema(SerializationContext context) {
            context.registerProtoFiles(FileDescriptorSource.fromString(
                    "io.bida.staying-owners.proto",
                    "syntax = \"proto3\"; package " + PACKAGE + "; message " + NAME + " {}"));
        }

        @Override
        public void registerMarshallers(SerializationContext context) {
            context.registerMarshaller(this);
        }

        @Override
        public Class<StayingOwners> getJavaClass() {
            return StayingOwners.class;
        }

        @Override
        public String getTypeName() {
            return PACKAGE + "." + NAME;
        }

        @Override
        public StayingOwners read(ReadContext context) throws IOException {
            int tag = context.getReader().readTag();
            while (tag != 0 && context.getReader().skipField(tag)) {
                tag = context.getReader().readTag();
            }
            return StayingOwners.this;
        }

        @Override
        public void write(WriteContext context, StayingOwners owners) {
            // There is nothing to say but the name.
        }
    }
}
