package io.bida.console.account;

import io.bida.account.Account;
import io.bida.account.AccountService;
import io.bida.account.ConsoleRole;
import io.bida.console.AllowedFor;
import io.bida.console.ConsolePage;
import io.bida.console.component.MomentLabel;
import io.bida.console.queue.QueueListPage;
import jakarta.inject.Inject;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.model.LoadableDetachableModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/**
 * All accounts, for whoever looks after all of them: choose one to see its queues. Address: {@code /console/accounts}.
 */
@AllowedFor(ConsoleRole.PLATFORM_ADMIN)
public final class AccountListPage extends ConsolePage {

    private static final long serialVersionUID = 1L;

    @Inject
    transient AccountService accounts;

    /** The list. */
    public AccountListPage(PageParameters parameters) {
        super(parameters);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(new ListView<>("account", LoadableDetachableModel.of(() -> accounts.listAccounts())) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void populateItem(ListItem<Account> row) {
                fill(row);
            }
        });
    }

    private static void fill(ListItem<Account> row) {
        String number = row.getModelObject().id().value();
        PageParameters address = new PageParameters().set(AccountPage.ACCOUNT, number);
        row.add(new BookmarkablePageLink<>("queues", QueueListPage.class, address).add(new Label("number", number)));
        row.add(new Label("label", row.getModel().map(Account::label)));
        row.add(new MomentLabel("createdAt", row.getModel().map(Account::createdAt)));
    }
}
