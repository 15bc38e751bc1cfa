/** Tests that the micro-benchmarks measure what they say: each one is called once and its result looked at. */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.jmh;
