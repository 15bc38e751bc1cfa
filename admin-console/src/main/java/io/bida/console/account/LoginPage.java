package io.bida.console.account;

import io.bida.account.ConsolePerson;
import io.bida.account.TooManyTriesException;
import io.bida.account.UserService;
import io.bida.console.ConsolePage;
import io.bida.console.ConsoleSession;
import io.bida.console.HomePage;
import io.bida.console.OpenToAnyone;
import io.bida.console.component.Notices;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.wicket.markup.html.form.PasswordTextField;
import org.apache.wicket.markup.html.form.StatelessForm;
import org.apache.wicket.markup.html.form.TextField;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.Model;
import org.apache.wicket.request.mapper.parameter.PageParameters;
import org.apache.wicket.validation.validator.StringValidator;

/**
 * Signing in with a name and a password.
 *
 * <p>Whatever the reason for a refusal (unknown name, wrong password, locked), the answer is the same, so that nobody
 * learns which names exist. The page keeps nothing on the server: a session begins with success.
 */
@OpenToAnyone
public final class LoginPage extends ConsolePage {

    private static final long serialVersionUID = 1L;

    /** Longest name or password that is looked at, in characters. Chosen: far above any real one, cheap to hash. */
    private static final int MAX_LENGTH = 256;

    private static final String ENDED = "ended";

    private final IModel<String> name = Model.of("");
    private final IModel<String> password = Model.of("");

    @Inject
    transient UserService users;

    @Inject
    transient Clock clock;

    /** The page, with a word on why the last session ended if there was one. */
    public LoginPage(PageParameters parameters) {
        super(parameters);
    }

    /** Parameters that make the page say how the session before ended. */
    public static PageParameters after(Ending ending) {
        return new PageParameters().set(ENDED, ending.name().toLowerCase(Locale.ROOT));
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        if (ConsoleSession.get().person().isPresent()) {
            setResponsePage(HomePage.class);
        }
        add(loginForm());
        sayHowTheLastSessionEnded();
    }

    private StatelessForm<Void> loginForm() {
        StatelessForm<Void> form = new StatelessForm<>("login") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                signIn();
            }
        };
        form.add(new Notices("notices"));
        form.add(new TextField<>("name", name).setRequired(true).add(StringValidator.maximumLength(MAX_LENGTH)));
        form.add(new PasswordTextField("password", password).add(StringValidator.maximumLength(MAX_LENGTH)));
        return form;
    }

    private void signIn() {
        Optional<ConsolePerson> person;
        try {
            person = users.authenticate(name.getObject(), password.getObject(), sourceAddress());
        } catch (TooManyTriesException e) {
            error(getString("busy"));
            return;
        }
        if (person.isEmpty()) {
            error(getString("refused"));
            return;
        }
        ConsoleSession.get().signIn(SignedInPerson.of(person.get()), clock.instant());
        continueToOriginalDestination();
        setResponsePage(HomePage.class);
    }

    private String sourceAddress() {
        return ((HttpServletRequest) getRequest().getContainerRequest()).getRemoteAddr();
    }

    private void sayHowTheLastSessionEnded() {
        for (Ending ending : Ending.values()) {
            if (getPageParameters().get(ENDED).toString("").equals(ending.name().toLowerCase(Locale.ROOT))) {
                info(getString("ended." + ending.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** How a session ended. */
    public enum Ending {
        /** The person signed out. */
        LEFT,
        /** Nothing was done for {@link ConsoleSession#LONGEST_IDLE}. */
        IDLE
    }
}
