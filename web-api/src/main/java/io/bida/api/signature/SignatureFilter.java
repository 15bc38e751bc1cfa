package io.bida.api.signature;

import io.bida.account.AccountId;
import io.bida.api.header.RequestHead;
import io.bida.api.header.WorkerTurn;
import io.bida.limits.ServiceLimits;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import org.jboss.resteasy.core.ResteasyContext;

/**
 * Stands between the URL and the resource: finds out whose request it is, takes in its body, hands both over as a
 * {@link SignedRequest}.
 *
 * <p>The body of a request that nobody signed is not read.
 */
@ApplicationScoped
public class SignatureFilter implements ContainerRequestFilter {

    @Inject
    SignatureCheck signatures;

    @Inject
    ServiceLimits limits;

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        RequestHead head = RequestHead.current();
        context.setProperty(RequestHead.PROPERTY, head);
        AccountId account = signatures.check(head);
        byte[] body = RequestBody.read(head, context.getEntityStream(), limits.maxRequestBytes());
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        // Parameters of a class, unlike those of an interface, reach the resource without a reflective proxy.
        ResteasyContext.pushContext(
                SignedRequest.class,
                new SignedRequest(
                        head,
                        account,
                        body,
                        new ClientPresence(exchange),
                        WorkerTurn.afterwards(exchange, exchange.getIoThread()),
                        exchange.getConnection().getWorker()));
    }
}
