package io.bida.console;

import io.bida.console.queue.QueueListPage;
import org.apache.wicket.RestartResponseException;
import org.apache.wicket.markup.html.WebPage;

/** Where {@code /console} leads: to the queues, until there is an overview to show. */
@OpenToAnyone
public final class HomePage extends WebPage {

    private static final long serialVersionUID = 1L;

    /** Leads on. */
    public HomePage() {
        throw new RestartResponseException(QueueListPage.class);
    }
}
