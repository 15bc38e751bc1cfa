package io.bida.console.error;

import io.bida.console.OpenToAnyone;
import io.bida.error.ServiceUnavailableException;
import org.apache.wicket.markup.html.basic.Label;

/**
 * People and accounts cannot be looked up, because their database does not answer: says so, and that messages go on.
 *
 * <p>They do: keys, queues and messages are not read from the database while a node runs.
 */
@OpenToAnyone
public final class DatabaseUnavailablePage extends ErrorPage {

    private static final long serialVersionUID = 1L;

    /** Answers with status 503 and the server's own words. */
    DatabaseUnavailablePage(ServiceUnavailableException refusal) {
        super(refusal.code().status());
        add(new Label("reason", refusal.getMessage()));
    }
}
