/**
 * Reads what Java Flight Recorder wrote about a server under load, and says where its time and its garbage come from.
 *
 * <p>{@code benchmarks/run.sh profile} records and then runs {@link io.bida.benchmark.profile.ProfileReport}. Not here:
 * recording, load.
 */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.profile;
