package io.bida.message.store;

import org.infinispan.commons.configuration.BuiltBy;
import org.infinispan.commons.configuration.ConfigurationFor;
import org.infinispan.commons.configuration.attributes.AttributeDefinition;
import org.infinispan.commons.configuration.attributes.AttributeSet;
import org.infinispan.configuration.cache.AbstractStoreConfiguration;
import org.infinispan.configuration.cache.AsyncStoreConfiguration;
import org.infinispan.configuration.parsing.Element;

/** Tells a {@link RocksDbStore} which disk it writes to and which kind of entry it keeps there. */
@BuiltBy(RocksDbStoreConfigurationBuilder.class)
@ConfigurationFor(RocksDbStore.class)
public class RocksDbStoreConfiguration extends AbstractStoreConfiguration<RocksDbStoreConfiguration> {

    static final AttributeDefinition<RocksDbDisk> DISK = AttributeDefinition.builder("disk", null, RocksDbDisk.class)
            .immutable()
            .autoPersist(false)
            .build();
    static final AttributeDefinition<EntryKind> KIND = AttributeDefinition.builder("kind", null, EntryKind.class)
            .immutable()
            .autoPersist(false)
            .build();

    RocksDbStoreConfiguration(AttributeSet attributes, AsyncStoreConfiguration async) {
        super(Element.STORE, attributes, async);
    }

    /** What can be configured; Infinispan asks for it by this name. */
    public static AttributeSet attributeDefinitionSet() {
        return new AttributeSet(
                RocksDbStoreConfiguration.class, AbstractStoreConfiguration.attributeDefinitionSet(), DISK, KIND);
    }

    RocksDbDisk disk() {
        return attributes.attribute(DISK).get();
    }

    EntryKind kind() {
        return attributes.attribute(KIND).get();
    }
}
