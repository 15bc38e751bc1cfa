/** Rules about the whole of the wire. */
@org.jspecify.annotations.NullMarked
package io.bida.api;
