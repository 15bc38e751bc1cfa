/**
 * Requests that the Python and PHP libraries really sent, sent again, and their answers read as those libraries read them.
 *
 * <p>A request is replayed in exactly its captured form: header names, their case and order, the target and its encoding, the shape
 * of the body. Only what must differ does: date, host, key, signature, content digest, the queue's name and the receipt handle.
 * The captures are in {@code src/test/resources/captured}. Start reading at {@code CapturedRequest}.
 */
@NullMarked
package io.bida.sdk.captured;

import org.jspecify.annotations.NullMarked;
