/**
 * The raw wire: what a client sends byte by byte and what must come back, by the rules of the wire specification.
 *
 * <p>Nothing here shares code with the server: the HTTP client, the signer and the XML reader are written from the
 * specification alone. Each test makes its own queues and removes them. Start reading at
 * {@link io.bida.it.rest.TestServer}.
 */
@NullMarked
package io.bida.it.rest;

import org.jspecify.annotations.NullMarked;
