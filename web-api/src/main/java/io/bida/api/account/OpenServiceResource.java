package io.bida.api.account;

import io.bida.api.answer.Answers;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.OpenServiceDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code /commonbuy/openservice}: where an account of the vendor's begins; here every account's service is open. */
@Path("/commonbuy/openservice")
@ApplicationScoped
public class OpenServiceResource {

    /** OpenService, wire specification 9: 200, each time with the same order, which we name after the account. */
    @POST
    public Response openService(@Context SignedRequest request) {
        return Answers.ok(OpenServiceDocument.write(request.account().value()));
    }
}
