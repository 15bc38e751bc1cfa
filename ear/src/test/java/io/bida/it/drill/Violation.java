package io.bida.it.drill;

/**
 * A promise that was broken.
 *
 * @param rule which one
 * @param payloadId by which message
 * @param what what was seen
 */
record Violation(Rule rule, String payloadId, String what) {

    /** The promises. Source: reliability notes 3.2. */
    enum Rule {
        /** Q1: every acknowledged message is received at least once. */
        LOST,
        /** Q2: what was never deleted shows up again in the drain. */
        LOST_LATER,
        /** Q3: nothing is received that was not sent, or whose send was refused. Also Q13, for entries of a batch. */
        PHANTOM,
        /** Q4: bodies, digests and ids stay what they were. */
        ALTERED,
        /** Q6: what was acknowledged as deleted is not received again. */
        RESURRECTED,
        /** Q7: nothing comes before its delay or, in an undisturbed time, its visibility timeout is over. */
        EARLY,
        /** Q10: a handle that is altered or whose time is over deletes nothing. */
        STALE_HANDLE
    }
}
