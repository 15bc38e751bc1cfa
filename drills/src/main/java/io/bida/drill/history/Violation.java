package io.bida.drill.history;

/**
 * A promise that was broken.
 *
 * @param rule which one
 * @param payloadId by which message; empty if it concerns none in particular
 * @param what what was seen
 */
public record Violation(Rule rule, String payloadId, String what) {

    /** The promises. Source: reliability notes 3.2. */
    public enum Rule {
        /** Q1: every acknowledged message is received at least once. */
        LOST,
        /** Q2: what was never deleted shows up again in the drain. */
        LOST_LATER,
        /** Q3: nothing is received that was not sent, or whose send was refused. Also Q13, for entries of a batch. */
        PHANTOM,
        /** Q4: bodies, digests and ids stay what they were. */
        ALTERED,
        /** Q5: a message that one receiver holds is not given to another, in an undisturbed time. */
        DOUBLED,
        /** Q6: what was acknowledged as deleted is not received again. */
        RESURRECTED,
        /** Q7: nothing comes before its delay is over. */
        EARLY,
        /** Q9: urgent messages come first. */
        OUT_OF_ORDER,
        /** Q10: a handle that is altered or whose time is over deletes nothing. */
        STALE_HANDLE,
        /** Q10: a handle whose time is not over deletes, in an undisturbed time. */
        HANDLE_REFUSED,
        /** Q11: the counts are those of what was sent and not deleted. */
        MISCOUNTED,
        /** Q12: no poll ends empty while a message waits, in an undisturbed time. */
        NOT_WOKEN
    }
}
