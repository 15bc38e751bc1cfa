/**
 * The ceiling: what the same server can do with a POST of the same size when there is nothing to do.
 *
 * <p>Packed as {@code ceiling.war} and deployed beside Bida by {@code benchmarks/run.sh}; nothing of the product
 * belongs here. The load driver measures it in the same run as Bida, so that a send is judged against what the
 * container leaves over on that machine on that day.
 */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.ceiling;
