/** Tests of the load driver's own parts, and of the whole of it against a server that only pretends. */
@org.jspecify.annotations.NullMarked
package io.bida.benchmark;
