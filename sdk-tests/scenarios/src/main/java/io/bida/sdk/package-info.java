/**
 * What every client library can do with queues, in our words, and where the server under test is.
 *
 * <p>Here: the neutral client, the values it takes and gives, and {@link io.bida.sdk.ServerUnderTest}. The rules
 * themselves are in {@link io.bida.sdk.scenario}; raw requests, for what no library can say, in
 * {@link io.bida.sdk.wire}. Not here: any class of a client library; each of those lives in the module of its version.
 * Start reading at {@link io.bida.sdk.QueueClient}.
 */
@NullMarked
package io.bida.sdk;

import org.jspecify.annotations.NullMarked;
