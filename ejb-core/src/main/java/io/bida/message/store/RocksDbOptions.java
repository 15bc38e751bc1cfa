package io.bida.message.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * How the node's database is set up, and the native memory that this takes; closed after the database.
 *
 * <p>The sizes are ours: together under 300 MiB beside the heap, whatever the backlog.
 */
final class RocksDbOptions implements AutoCloseable {

    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long MAX_WAL_BYTES = 256L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final LRUCache blockCache = new LRUCache(BLOCK_CACHE_BYTES);
    private final BloomFilter bloomFilter = new BloomFilter(10);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setMaxBackgroundJobs(2)
            .setMaxTotalWalSize(MAX_WAL_BYTES)
            // The default would end the log at the first damaged record and go on without what follows.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setBytesPerSync(1 << 20)
            .setWriteBufferSize(MEMTABLE_BYTES)
            .setMaxWriteBufferNumber(3)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(4)
            .setMaxOpenFiles(512)
            .setTableFormatConfig(new BlockBasedTableConfig()
                    .setBlockCache(blockCache)
                    .setFilterPolicy(bloomFilter)
                    .setCacheIndexAndFilterBlocks(true)
                    .setPinL0FilterAndIndexBlocksInCache(true));

    /** For opening the database. */
    Options options() {
        return options;
    }

    @Override
    public void close() {
        options.close();
        bloomFilter.close();
        blockCache.close();
    }
}
