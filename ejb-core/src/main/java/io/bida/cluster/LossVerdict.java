package io.bida.cluster;

/**
 * Whether any one node may be lost now without a pause in service, and why not.
 *
 * @param reason why
 * @param fact what the reason is about, a node's name or a number; empty if the reason needs none
 */
public record LossVerdict(Reason reason, String fact) {

    /** Any one may be lost. */
    public static final LossVerdict YES = new LossVerdict(Reason.NONE, "");

    /** What stands against it; the one named is the first of this order that holds. */
    public enum Reason {
        /** Nothing. */
        NONE("every message has its copies, and the other nodes can go on without any one"),
        /** There is only this node, and it is in no cluster. */
        STANDS_ALONE("this node stands alone: there is one copy of every message"),
        /** A node does not serve; its name. */
        NOT_SERVING("%s does not serve"),
        /** A member of the cluster does not answer; its name. */
        NOT_ANSWERING("%s does not answer"),
        /** The nodes do not know the same members. */
        MEMBERS_DIFFER("the nodes are still agreeing on their members"),
        /** Copies are missing or on their way; how many segments have too few of them. */
        COPIES_MISSING("copies are being made; %s segments have too few"),
        /** With one node fewer a message could not get as many copies as it must; that number. */
        TOO_FEW_NODES("with one node fewer there could not be the %s copies that every message must have"),
        /** With one node fewer the others would not be more than half of the members; how many members there are. */
        NO_MAJORITY("of %s nodes, those that are left would not be more than half");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    static LossVerdict no(Reason reason, Object fact) {
        return new LossVerdict(reason, fact.toString());
    }

    /**
     * The verdict about a node's own view of the cluster.
     *
     * @param copies the copies it sees, and how many nodes hold them
     * @param members how many nodes take part, from 1
     * @param minCopies how many copies a message must have
     */
    public static LossVerdict of(NodeReport.Segments copies, int members, int minCopies) {
        if (!copies.isComplete() || copies.underReplicated() > 0) {
            return no(Reason.COPIES_MISSING, copies.underReplicated());
        }
        if (copies.holders() - 1 < minCopies) {
            return no(Reason.TOO_FEW_NODES, minCopies);
        }
        return members - 1 > members / 2 ? YES : no(Reason.NO_MAJORITY, members);
    }

    /** Whether any one node may be lost. */
    public boolean canLoseANode() {
        return reason == Reason.NONE;
    }

    /** The reason in words, in English, as the end of a sentence without a full stop. */
    public String words() {
        return String.format(reason.words, fact);
    }
}
