package io.bida.it.inside;

import io.bida.it.rest.Answer;
import io.bida.it.rest.Credentials;
import io.bida.it.rest.TestServer;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Further accounts for tests outside the server, while {@link #archive} is deployed. */
public final class SecondAccount {

    private SecondAccount() {}

    /** What a test that opens accounts deploys, not testable. */
    public static WebArchive archive() {
        return InsideArchive.ofServlet(AccountOpener.class);
    }

    /** Opens an account of its own for the test that calls. */
    public static Credentials open(TestServer server) {
        Answer answer = server.exchange(server.post("/" + AccountOpener.class.getSimpleName() + "/"))
                .assertStatus(200);
        List<String> lines = answer.raw().text().lines().toList();
        return new Credentials(lines.get(0), lines.get(1), lines.get(2));
    }
}
