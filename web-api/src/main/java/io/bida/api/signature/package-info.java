/**
 * Whose request it is: reading the Authorization header, building the string to sign from the raw head, comparing.
 *
 * <p>Version 2 (HMAC-SHA1) and version 4 (HMAC-SHA256) of the MNS signature. A request that passes becomes a
 * {@link io.bida.api.signature.SignedRequest}, which is all that resources get to see. Source: wire specification 2,
 * API 2015-06-06. Start reading at {@link io.bida.api.signature.SignatureFilter}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.signature;
