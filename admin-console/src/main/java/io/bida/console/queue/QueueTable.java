package io.bida.console.queue;

import io.bida.account.AccountId;
import io.bida.console.account.AccountPage;
import io.bida.console.component.CountLabel;
import io.bida.console.component.DurationLabel;
import io.bida.console.component.LiveLine;
import io.bida.console.component.MomentLabel;
import io.bida.console.component.VisibleIf;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueDescription;
import java.util.List;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.Component;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.markup.html.panel.Panel;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.StringResourceModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/** The rows of one page of the list, when their counts were taken, and the way to the next page. */
final class QueueTable extends Panel {

    private static final long serialVersionUID = 1L;

    private final PageParameters withinAccount;
    private final ListPosition position;

    QueueTable(
            String id,
            AccountId account,
            PageParameters withinAccount,
            ListPosition position,
            IModel<QueueListing> listing) {
        super(id, listing);
        this.withinAccount = withinAccount;
        this.position = position;
        add(AttributeModifier.replace("data-live", liveAddress(account)));
        add(new LiveLine("live", listing.map(QueueListing::takenAt)));
        add(new WebMarkupContainer("reload").add(AttributeModifier.replace("href", this::addressOfThisPage)));
        add(rows(listing));
        add(firstPage());
        add(nextPage(listing));
    }

    /** Always names its account: it must not move when the person chooses another one in another window. */
    private IModel<CharSequence> liveAddress(AccountId account) {
        PageParameters parameters = position.addTo(new PageParameters().set(AccountPage.ACCOUNT, account.value()));
        return () -> urlFor(LiveQueuesResource.reference(), parameters);
    }

    private CharSequence addressOfThisPage() {
        return urlFor(QueueListPage.class, position.addTo(new PageParameters(withinAccount)));
    }

    private ListView<QueueDescription> rows(IModel<QueueListing> listing) {
        IModel<List<QueueDescription>> rows = listing.map(found -> found.page().entries());
        return new ListView<>("queue", rows) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void populateItem(ListItem<QueueDescription> row) {
                fill(row);
            }
        };
    }

    private void fill(ListItem<QueueDescription> row) {
        IModel<QueueDescription> queue = row.getModel();
        IModel<String> name = queue.map(it -> it.queue().name().value());
        row.add(AttributeModifier.replace("data-queue", name));
        row.add(new Label("name", name));
        row.add(new CountLabel("visible", queue.map(it -> it.statistics().active())));
        row.add(new CountLabel("inFlight", queue.map(it -> it.statistics().inactive())));
        row.add(new CountLabel("delayed", queue.map(it -> it.statistics().delayed())));
        row.add(new MomentLabel("createdAt", queue.map(it -> it.queue().createdAt())));
        IModel<QueueAttributes> attributes = queue.map(it -> it.queue().attributes());
        row.add(new DurationLabel("visibilityTimeout", attributes.map(QueueAttributes::visibilityTimeout)));
        row.add(new DurationLabel("retentionPeriod", attributes.map(QueueAttributes::retentionPeriod)));
        row.add(deleteLink(name));
    }

    private Component deleteLink(IModel<String> name) {
        PageParameters parameters = new PageParameters(withinAccount).set(DeleteQueuePage.NAME, name.getObject());
        return new BookmarkablePageLink<>("delete", DeleteQueuePage.class, parameters)
                .add(AttributeModifier.replace(
                        "aria-label", new StringResourceModel("delete.named", this).setParameters(name.getObject())));
    }

    private Component firstPage() {
        return new BookmarkablePageLink<>(
                        "first", QueueListPage.class, position.first().addTo(new PageParameters(withinAccount)))
                .add(new VisibleIf(() -> !position.isFirst()));
    }

    private Component nextPage(IModel<QueueListing> listing) {
        return new BookmarkablePageLink<>("next", QueueListPage.class, new PageParameters(withinAccount)) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onConfigure() {
                super.onConfigure();
                listing.getObject()
                        .page()
                        .next()
                        .ifPresent(marker -> position.goingOnAt(marker).addTo(getPageParameters()));
            }
        }.add(new VisibleIf(listing.map(found -> found.page().next().isPresent())));
    }
}
