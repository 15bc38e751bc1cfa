package io.bida.message.store;

import org.infinispan.commons.configuration.Builder;
import org.infinispan.commons.configuration.Combine;
import org.infinispan.configuration.cache.AbstractStoreConfigurationBuilder;
import org.infinispan.configuration.cache.PersistenceConfigurationBuilder;

/** Builds a {@link RocksDbStoreConfiguration}; Infinispan makes one by reflection. */
public class RocksDbStoreConfigurationBuilder
        extends AbstractStoreConfigurationBuilder<RocksDbStoreConfiguration, RocksDbStoreConfigurationBuilder> {

    /** Begins within the persistence part of a cache's configuration. */
    public RocksDbStoreConfigurationBuilder(PersistenceConfigurationBuilder builder) {
        super(builder, RocksDbStoreConfiguration.attributeDefinitionSet());
    }

    RocksDbStoreConfigurationBuilder disk(RocksDbDisk disk) {
        attributes.attribute(RocksDbStoreConfiguration.DISK).set(disk);
        return this;
    }

    RocksDbStoreConfigurationBuilder kind(EntryKind kind) {
        attributes.attribute(RocksDbStoreConfiguration.KIND).set(kind);
        return this;
    }

    @Override
    public RocksDbStoreConfiguration create() {
        return new RocksDbStoreConfiguration(attributes.protect(), async.create());
    }

    @Override
    public Builder<?> read(RocksDbStoreConfiguration template, Combine combine) {
        super.read(template, combine);
        return this;
    }

    @Override
    public RocksDbStoreConfigurationBuilder self() {
        return this;
    }
}
