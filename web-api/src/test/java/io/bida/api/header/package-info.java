/** Dates, queries, paths, hosts and digests as clients write them. */
@org.jspecify.annotations.NullMarked
package io.bida.api.header;
