/**
 * The database of definitions, and what a node keeps of it in memory: connections, schema, transactions.
 *
 * <p>Knows no account and no queue: each feature has its own rows and use cases, and this is the ground they stand on.
 * Not here: messages, which never touch the database. Start reading at {@link io.bida.catalogue.CatalogueTransactions}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.catalogue;
