package io.bida.benchmark;

import io.bida.benchmark.http.Answer;
import java.nio.charset.StandardCharsets;

/**
 * Sees in the answer to a send how many bundles it began.
 *
 * <p>Bida stores messages that arrive together as one bundle, by one write of its cache, and a message's id ends with
 * its place in its bundle (its last six bits). Each bundle has exactly one message in place 0, so messages divided by
 * these are the messages per write, seen from outside and free of cost. Says nothing about other servers.
 */
final class BundleCount {

    private static final byte[] END_OF_ID = "</MessageId>".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX = 16;
    private static final int PLACES = 64;

    private BundleCount() {}

    /** How many of the messages in this answer stand in place 0. */
    static int of(Answer sent) {
        int begun = 0;
        int end = sent.find(END_OF_ID, sent.bodyFrom());
        while (end >= 0) {
            int high = Character.digit(sent.buffer()[end - 2], HEX);
            int low = Character.digit(sent.buffer()[end - 1], HEX);
            if ((high * HEX + low) % PLACES == 0) {
                begun++;
            }
            end = sent.find(END_OF_ID, end + 1);
        }
        return begun;
    }
}
