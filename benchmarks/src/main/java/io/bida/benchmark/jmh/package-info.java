/**
 * Micro-benchmarks of the parts that every message passes through: {@code java -jar benchmarks/target/benchmarks.jar}.
 *
 * <p>Each class is one part and says what one operation of it is. Not here: anything that needs a server.
 */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark.jmh;
