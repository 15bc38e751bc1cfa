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

    private final RequestHead head;
    private final AccountId account;
    private final byte[] body;
    private final BooleanSupplier clientPresent;
    private final Executor answering;

    /**
     * A request of this account.
     *
     * @param head as received
     * @param account who signed it
     * @param body all of it; empty if there is none; not to be changed
     * @param clientPresent says whether the client still waits for the answer; does not block
     * @param answering runs what makes the answer once the core is done, so that no thread of the core writes to a
     *     client
     */
    public SignedRequest(
            RequestHead head, AccountId account, byte[] body, BooleanSupplier clientPresent, Executor answering) {
        this.head = head;
        this.account = account;
        this.body = body;
        this.clientPresent = clientPresent;
        this.answering = answering;
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

    /** Says whether the client still waits for the answer; does not block. */
    public BooleanSupplier clientPresent() {
        return clientPresent;
    }

    /** Runs what makes the answer. */
    public Executor answering() {
        return answering;
    }
}
