/**
 * What happens in order when a node starts: schema, vault, first start, reading the catalogue into memory.
 *
 * <p>Above the rooms whose beans it starts, so that none of them has to know the others. Not here: starting what keeps
 * and delivers messages, which waits for {@link io.bida.start.CatalogueStart}. Start reading there.
 */
@org.jspecify.annotations.NullMarked
package io.bida.start;
