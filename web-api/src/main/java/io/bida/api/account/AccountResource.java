package io.bida.api.account;

import io.bida.account.AccountAttributes;
import io.bida.account.AccountService;
import io.bida.api.answer.Answers;
import io.bida.api.header.QueryString;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.AccountDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code /}: the account that asks. */
@Path("/")
@ApplicationScoped
public class AccountResource {

    private static final String ACCOUNT_META = "accountmeta";
    private static final String ACCOUNT = "account";

    @Inject
    AccountService accounts;

    /**
     * GetAccountAttributes, wire specification 9, with {@code accountmeta=true}; the account's id in the old form with
     * {@code account}: 200. Refuses the bare path (InvalidRequestURL).
     */
    @GET
    public Response getAccountAttributes(@Context SignedRequest request) {
        QueryString query = request.query(ACCOUNT_META, ACCOUNT);
        if (query.isTrue(ACCOUNT_META)) {
            return Answers.ok(AccountDocument.write(accounts.getAccountAttributes(request.account())));
        }
        if (query.has(ACCOUNT)) {
            return Answers.ok(AccountDocument.write(request.account()));
        }
        throw RefusedRequestException.invalidRequestURL();
    }

    /**
     * SetAccountAttributes, wire specification 9: 204. What the document leaves out stays as it is.
     *
     * <p>Refuses bad XML (MalformedXML) and a name that is too long (InvalidArgument).
     */
    @PUT
    public Response setAccountAttributes(@Context SignedRequest request) {
        if (!request.query(ACCOUNT_META, ACCOUNT).isTrue(ACCOUNT_META)) {
            throw RefusedRequestException.invalidRequestURL();
        }
        AccountDocument.readLoggingBucket(request.body())
                .ifPresent(bucket -> accounts.setAccountAttributes(request.account(), new AccountAttributes(bucket)));
        return Answers.done();
    }
}
