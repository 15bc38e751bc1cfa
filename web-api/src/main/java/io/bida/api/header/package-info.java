/**
 * The HTTP around the XML: header names in their exact case, request ids, dates, content types, digests of bodies.
 *
 * <p>Plain values and rules without a request at hand; {@code .intake} and {@code .signature} apply them. Start reading
 * at {@link io.bida.api.header.ApiHeaders}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.header;
