/**
 * How messages are kept: the port {@link io.bida.message.store.MessageStore}, its stored forms, and Infinispan over
 * RocksDB behind it.
 *
 * <p>Here alone are caches, marshalled bytes and files of messages. Not here: which message is next, who waits. Keys
 * and values are bytes in our own versioned encoding, so no class of ours travels between nodes. Start reading at
 * {@link io.bida.message.store.MessageStore}, then {@link io.bida.message.store.Bundle}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.message.store;
