package io.bida.console.queue;

import io.bida.account.ConsoleRole;
import io.bida.console.AllowedFor;
import io.bida.console.account.AccountPage;
import io.bida.console.component.Answers;
import io.bida.console.component.CountLabel;
import io.bida.console.component.Notices;
import io.bida.console.component.Refusals;
import io.bida.error.ServiceException;
import io.bida.queue.QueueName;
import io.bida.queue.QueueService;
import io.bida.queue.QueueStatistics;
import jakarta.inject.Inject;
import org.apache.wicket.RestartResponseException;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.StatelessForm;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.LoadableDetachableModel;
import org.apache.wicket.model.Model;
import org.apache.wicket.model.StringResourceModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/**
 * Deleting a queue, once the person has typed its name.
 *
 * <p>Address: {@code /console/queues/{name}/delete}. Says what would be lost: the exact counts of the moment.
 */
@AllowedFor({ConsoleRole.PLATFORM_ADMIN, ConsoleRole.ACCOUNT_OWNER})
public final class DeleteQueuePage extends AccountPage {

    /** Name of the parameter, and of the part of the address, with the queue's name. */
    public static final String NAME = "name";

    private static final long serialVersionUID = 1L;

    private final String name;
    private final IModel<String> typedName = Model.of("");
    private final IModel<QueueStatistics> lost;

    @Inject
    transient QueueService queues;

    /** About the queue that the address names. */
    public DeleteQueuePage(PageParameters parameters) {
        super(parameters);
        this.name = parameters.get(NAME).toString("");
        this.lost = LoadableDetachableModel.of(this::count);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(accountLine("accountLine"));
        add(new Notices("notices"));
        add(new Label("heading", new StringResourceModel("heading", this).setParameters(name)));
        add(deleteForm());
    }

    private StatelessForm<Void> deleteForm() {
        StatelessForm<Void> form = new StatelessForm<>("deleteQueue") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                delete();
            }
        };
        form.add(new CountLabel("visible", lost.map(QueueStatistics::active)));
        form.add(new CountLabel("inFlight", lost.map(QueueStatistics::inactive)));
        form.add(new CountLabel("delayed", lost.map(QueueStatistics::delayed)));
        form.add(new Label("label", new StringResourceModel("typeName", this).setParameters(name)));
        form.add(new TextField<>("typedName", typedName));
        form.add(new BookmarkablePageLink<>("back", QueueListPage.class, withinAccount()));
        return form;
    }

    private void delete() {
        if (!name.equals(typedName.getObject())) {
            error(getString("wrongName"));
            return;
        }
        try {
            queues.deleteQueue(account(), new QueueName(name));
        } catch (ServiceException refusal) {
            error(Refusals.explain(this, refusal));
            return;
        }
        getSession()
                .success(new StringResourceModel("deleted", this)
                        .setParameters(name)
                        .getString());
        setResponsePage(QueueListPage.class, withinAccount());
    }

    private QueueStatistics count() {
        try {
            return Answers.await(queues.getQueueAttributes(account(), new QueueName(name)))
                    .statistics();
        } catch (ServiceException refusal) {
            getSession().error(Refusals.explain(this, refusal));
            throw new RestartResponseException(QueueListPage.class, withinAccount());
        }
    }
}
