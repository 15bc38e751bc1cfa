package io.bida.api.signature;

import io.bida.account.AccountId;
import io.bida.api.header.QueryString;
import io.bida.api.header.RequestHead;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * A request whose signature is right: who asks, and for what. All that resources get to see of HTTP.
 *
 * <p>Made by {@link SignatureFilter} for one request and read by one thread at a time.
 */
public final class SignedRequest {

    private static final String META_OVERRIDE = "metaoverride";

    private final RequestHead head;
    private final AccountId account;
    private final byte[] body;
    private final BooleanSupplier clientPresent;
    private final Executor shortAnswers;
    private final Executor longAnswers;

    /**
     * A request of this account.
     *
     * @param head as received
     * @param account who signed it
     * @param body all of it; empty if there is none; not to be changed
     * @param clientPresent says whether the client still waits for the answer; does not block
     * @param shortAnswers makes answers once the core is done and sends those that the connection takes at once; must
     *     not be made to wait
     * @param longAnswers sends the others, as slowly as the client reads
     */
    public SignedRequest(
            RequestHead head,
            AccountId account,
            byte[] body,
            BooleanSupplier clientPresent,
            Executor shortAnswers,
            Executor longAnswers) {
        this.head = head;
        this.account = account;
        this.body = body;
        this.clientPresent = clientPresent;
        this.shortAnswers = shortAnswers;
        this.longAnswers = longAnswers;
    }

    /** The request line and headers. */
    public RequestHead head() {
        return head;
    }

    /** Who asks. */
    public AccountId account() {
        return account;
    }

    /** The body, possibly empty; not to be changed. */
    public byte[] body() {
        return body;
    }

    /**
     * The items of the query.
     *
     * @param known the lower-case names that mean something here
     * @throws io.bida.api.header.RefusedRequestException if there are others (InvalidQueryString)
     */
    public QueryString query(String... known) {
        return QueryString.read(head.query(), known);
    }

    /**
     * Whether a PUT sets attributes of what exists, in place of creating it; its query has no other item.
     *
     * @throws io.bida.api.header.RefusedRequestException if there are others, or it is neither {@code true} nor
     *     {@code false} (InvalidQueryString)
     */
    public boolean isMetaOverride() {
        return query(META_OVERRIDE).isTrue(META_OVERRIDE);
    }

    /** Says whether the client still waits for the answer; does not block. */
    public BooleanSupplier clientPresent() {
        return clientPresent;
    }

    /** Makes answers, and sends those that the connection takes at once; must not be made to wait. */
    public Executor shortAnswers() {
        return shortAnswers;
    }

    /** Sends answers as slowly as the client reads. */
    public Executor longAnswers() {
        return longAnswers;
    }
}
