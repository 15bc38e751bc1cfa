/**
 * Requests and answers as bytes on a socket, for what no client library can say or would hide.
 *
 * <p>Names, their case and their order are kept in both directions. Here: one request, one answer, version 2
 * signatures. Not here: any knowledge of XML or of an operation. Start reading at {@link io.bida.sdk.wire.WireRequest}.
 */
@NullMarked
package io.bida.sdk.wire;

import org.jspecify.annotations.NullMarked;
