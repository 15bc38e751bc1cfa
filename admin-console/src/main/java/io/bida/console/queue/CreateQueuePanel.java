package io.bida.console.queue;

import io.bida.account.AccountId;
import io.bida.account.ConsoleRole;
import io.bida.console.AllowedFor;
import io.bida.console.component.ConsolePanel;
import io.bida.console.component.Refusals;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueName;
import io.bida.queue.QueueService;
import jakarta.inject.Inject;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.markup.html.form.StatelessForm;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.Model;
import org.apache.wicket.model.StringResourceModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/** Asks for a name and creates a queue with the default attributes. */
@AllowedFor({ConsoleRole.PLATFORM_ADMIN, ConsoleRole.ACCOUNT_OWNER})
final class CreateQueuePanel extends ConsolePanel {

    private static final long serialVersionUID = 1L;

    private final String accountNumber;
    private final PageParameters withinAccount;
    private final IModel<String> name = Model.of("");

    @Inject
    transient QueueService queues;

    CreateQueuePanel(String id, AccountId account, PageParameters withinAccount) {
        super(id);
        this.accountNumber = account.value();
        this.withinAccount = withinAccount;
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        StatelessForm<Void> form = new StatelessForm<>("createQueue") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                create();
            }
        };
        TextField<String> field = new TextField<>("name", name);
        field.setRequired(true);
        field.add(AttributeModifier.replace("maxlength", ServiceLimits.STRICT.maxNameLength()));
        field.add(AttributeModifier.replace("aria-invalid", () -> field.hasErrorMessage() ? "true" : null));
        form.add(field);
        add(form);
    }

    private void create() {
        try {
            boolean created = queues.createQueue(
                    new AccountId(accountNumber), new QueueName(name.getObject()), QueueAttributesChange.NONE);
            getSession().success(say(created ? "created" : "existed"));
        } catch (ServiceException refusal) {
            error(Refusals.explain(this, refusal));
            return;
        }
        setResponsePage(QueueListPage.class, withinAccount);
    }

    private String say(String key) {
        return new StringResourceModel(key, this)
                .setParameters(name.getObject())
                .getString();
    }
}
