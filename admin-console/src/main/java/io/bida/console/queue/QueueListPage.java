package io.bida.console.queue;

import io.bida.console.account.AccountPage;
import io.bida.console.component.Notices;
import io.bida.console.component.Refusals;
import io.bida.console.component.VisibleIf;
import io.bida.queue.QueueService;
import jakarta.inject.Inject;
import java.time.Clock;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.Component;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.LoadableDetachableModel;
import org.apache.wicket.model.StringResourceModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/**
 * The account's queues in name order, a page at a time, with counters that move.
 *
 * <p>Address: {@code /console/queues?prefix=…&after=…}. One service call renders it; {@link LiveQueuesResource} brings
 * the counters of the same rows up to date while somebody looks.
 */
public final class QueueListPage extends AccountPage {

    private static final long serialVersionUID = 1L;

    private final ListPosition position;
    private final IModel<QueueListing> listing;

    @Inject
    transient QueueService queues;

    @Inject
    transient Clock clock;

    /** The part of the list that the address asks for. */
    public QueueListPage(PageParameters parameters) {
        super(parameters);
        this.position = ListPosition.of(parameters);
        this.listing = LoadableDetachableModel.of(() -> QueueListing.take(queues, clock, account(), position));
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(accountLine("accountLine"));
        add(new Notices("notices"));
        add(createLink());
        add(filter());
        add(refusal());
        add(new QueueTable("table", account(), withinAccount(), position, listing)
                .add(new VisibleIf(listing.map(QueueListing::hasQueues))));
        add(noQueues());
        add(noMatches());
    }

    private Component createLink() {
        return new BookmarkablePageLink<>("create", CreateQueuePage.class, withinAccount())
                .add(new VisibleIf(listing.map(found -> !isWithoutQueues(found))));
    }

    /** A plain form that the browser turns into an address, so that what it finds can be sent to a colleague. */
    private Component filter() {
        WebMarkupContainer form = new WebMarkupContainer("filter");
        form.add(new VisibleIf(listing.map(found -> !isWithoutQueues(found))));
        form.add(AttributeModifier.replace("action", () -> urlFor(QueueListPage.class, null)));
        form.add(new WebMarkupContainer("prefix").add(AttributeModifier.replace("value", position.prefix())));
        form.add(new WebMarkupContainer("account")
                .add(AttributeModifier.replace("value", account().value()))
                .add(new VisibleIf(() -> !withinAccount().isEmpty())));
        form.add(new BookmarkablePageLink<>("clear", QueueListPage.class, withinAccount())
                .add(new VisibleIf(() -> !position.prefix().isEmpty())));
        return form;
    }

    private Component refusal() {
        IModel<String> explanation = () -> listing.getObject()
                .refusal()
                .map(refusal -> Refusals.explain(this, refusal))
                .orElse("");
        return new Label("refusal", explanation)
                .add(new VisibleIf(() -> !explanation.getObject().isEmpty()));
    }

    private Component noQueues() {
        WebMarkupContainer empty = new WebMarkupContainer("noQueues");
        empty.add(new CreateQueuePanel("createForm", account(), withinAccount()));
        return empty.add(new VisibleIf(listing.map(this::isWithoutQueues)));
    }

    private Component noMatches() {
        WebMarkupContainer empty = new WebMarkupContainer("noMatches");
        empty.add(new Label("explanation", new StringResourceModel("noMatches").setParameters(position.prefix())));
        empty.add(new BookmarkablePageLink<>("showAll", QueueListPage.class, withinAccount()));
        return empty.add(new VisibleIf(listing.map(found -> found.isEmpty() && !isWholeList())));
    }

    private boolean isWithoutQueues(QueueListing found) {
        return found.isEmpty() && isWholeList();
    }

    private boolean isWholeList() {
        return position.prefix().isEmpty() && position.isFirst();
    }
}
