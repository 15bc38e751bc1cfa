package io.bida.console.queue;

import io.bida.account.ConsoleRole;
import io.bida.console.AllowedFor;
import io.bida.console.account.AccountPage;
import io.bida.console.component.Notices;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/** Creating a queue. Address: {@code /console/create-queue}. */
@AllowedFor({ConsoleRole.PLATFORM_ADMIN, ConsoleRole.ACCOUNT_OWNER})
public final class CreateQueuePage extends AccountPage {

    private static final long serialVersionUID = 1L;

    /** For the account that the parameters and the person give. */
    public CreateQueuePage(PageParameters parameters) {
        super(parameters);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(accountLine("accountLine"));
        add(new Notices("notices"));
        add(new CreateQueuePanel("createForm", account(), withinAccount()));
        add(new BookmarkablePageLink<>("back", QueueListPage.class, withinAccount()));
    }
}
