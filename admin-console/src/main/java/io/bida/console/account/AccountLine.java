package io.bida.console.account;

import io.bida.account.AccountId;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.markup.html.panel.Panel;

/** Names the account that a page is about, and leads to the others for whoever may see them. */
final class AccountLine extends Panel {

    private static final long serialVersionUID = 1L;

    AccountLine(String id, AccountId account) {
        super(id);
        add(new Label("account", account.value()));
        add(new BookmarkablePageLink<>("otherAccounts", AccountListPage.class));
    }
}
