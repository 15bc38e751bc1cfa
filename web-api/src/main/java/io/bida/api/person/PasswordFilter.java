package io.bida.api.person;

import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import io.bida.api.error.ProblemException;
import io.bida.api.header.RequestHead;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;
import java.util.Set;

/**
 * Lets through who says the name and password of a console user of the right role.
 *
 * <p>A browser that was once asked for a password sends it along by itself, whoever makes it ask. So what a page of
 * another site makes a browser ask is refused, before anything is looked at. Browsers say where a request comes from
 * ({@code Sec-Fetch-Site}) to HTTPS and to their own machine only; over plain HTTP there is just the Origin, which
 * comes with every request that may change something, and with one whose answer a page of another site wants to read.
 */
final class PasswordFilter implements ContainerRequestFilter {

    /** What to say; the text before says that names and passwords are read as UTF-8. Source: RFC 7617, 2.1. */
    private static final String CHALLENGE = "Basic realm=\"Bida\", charset=\"UTF-8\"";

    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");

    /** What browsers say of a request of their own page, and of an address typed in. Source: Fetch Metadata, 2.3. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final KnownPersons persons;
    private final Set<ConsoleRole> roles;

    PasswordFilter(KnownPersons persons, Set<ConsoleRole> roles) {
        this.persons = persons;
        this.roles = roles;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        check(RequestHead.current(), exchange.getSourceAddress().getHostString());
    }

    /**
     * Returns if the person may.
     *
     * @throws ProblemException if there is none (401), or not of the right role or site (403)
     */
    void check(RequestHead head, String sourceAddress) {
        if (isOfAnotherSite(head)) {
            throw ProblemException.forbidden("A page of another site may not ask this.");
        }
        BasicCredentials said = BasicCredentials.of(head)
                .orElseThrow(() -> ProblemException.unauthorized(
                        "Say name and password of a user of the console, by HTTP Basic authentication.", CHALLENGE));
        Optional<ConsolePerson> person = persons.findPerson(said, sourceAddress);
        if (person.isEmpty()) {
            throw ProblemException.unauthorized("The name or the password is wrong, or the user is locked.", CHALLENGE);
        }
        if (!roles.contains(person.get().role())) {
            throw ProblemException.forbidden("The user's role does not allow this.");
        }
    }

    private static boolean isOfAnotherSite(RequestHead head) {
        return head.header(FETCH_SITE)
                .map(site -> !OWN_SITES.contains(site))
                .orElseGet(() -> head.isRepeated(Headers.ORIGIN)
                        || head.header(Headers.ORIGIN)
                                .filter(origin -> !isOfHost(origin, head.host()))
                                .isPresent());
    }

    /** Compares host and port only: behind a proxy that ends TLS the scheme seen here is another. */
    private static boolean isOfHost(String origin, String host) {
        int authority = origin.indexOf("://");
        return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }
}
