package io.bida.console.account;

import io.bida.account.Account;
import io.bida.account.AccountId;
import io.bida.account.AccountService;
import io.bida.console.ConsolePage;
import io.bida.console.ConsoleSession;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.apache.wicket.Component;
import org.apache.wicket.RestartResponseException;
import org.apache.wicket.authorization.UnauthorizedInstantiationException;
import org.apache.wicket.request.mapper.parameter.PageParameters;
import org.jspecify.annotations.Nullable;

/**
 * A page about what one account owns.
 *
 * <p>The account is the one in the address (parameter {@value #ACCOUNT}), else the person's own, else the one looked at
 * last, else the only one there is; whoever has the choice between several is asked.
 */
public abstract class AccountPage extends ConsolePage {

    /** Name of the parameter with the account's number; left out where the person has only one. */
    public static final String ACCOUNT = "account";

    private static final long serialVersionUID = 1L;

    private final String accountNumber;

    @Inject
    transient AccountService accounts;

    /** A page about the account that the parameters and the person give. */
    protected AccountPage(PageParameters parameters) {
        super(parameters);
        this.accountNumber = resolve().value();
    }

    /** The account the page is about. */
    protected final AccountId account() {
        return new AccountId(accountNumber);
    }

    /** Parameters that keep a link within the account of this page; add to them freely. */
    protected final PageParameters withinAccount() {
        PageParameters parameters = new PageParameters();
        if (person().account().isEmpty()) {
            parameters.set(ACCOUNT, accountNumber);
        }
        return parameters;
    }

    /** A line that names the account. */
    protected final Component accountLine(String id) {
        return new AccountLine(id, account());
    }

    /** The account that the parameters name, or else the person's own, if the person may look at it. */
    public static Optional<AccountId> visibleAccount(SignedInPerson person, PageParameters parameters) {
        @Nullable String named = parameters.get(ACCOUNT).toOptionalString();
        return named == null ? person.account() : parse(named).filter(person::maySee);
    }

    private AccountId resolve() {
        if (getPageParameters().get(ACCOUNT).isNull() && person().account().isEmpty()) {
            return lastOrOnly();
        }
        AccountId account = visibleAccount(person(), getPageParameters()).orElseThrow(this::refusal);
        if (person().account().isEmpty()) {
            choose(account);
        }
        return account;
    }

    private void choose(AccountId account) {
        if (ConsoleSession.get().chosenAccount().filter(account.value()::equals).isPresent()) {
            return;
        }
        if (accounts.listAccounts().stream().noneMatch(it -> it.id().equals(account))) {
            throw refusal();
        }
        ConsoleSession.get().chooseAccount(account.value());
    }

    private AccountId lastOrOnly() {
        Optional<String> last = ConsoleSession.get().chosenAccount();
        if (last.isPresent()) {
            return new AccountId(last.get());
        }
        List<Account> all = accounts.listAccounts();
        if (all.size() != 1) {
            throw new RestartResponseException(AccountListPage.class);
        }
        ConsoleSession.get().chooseAccount(all.get(0).id().value());
        return all.get(0).id();
    }

    private static Optional<AccountId> parse(String named) {
        try {
            return Optional.of(new AccountId(named));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private UnauthorizedInstantiationException refusal() {
        return new UnauthorizedInstantiationException(getClass());
    }

    private static SignedInPerson person() {
        return ConsoleSession.get().person().orElseThrow();
    }
}
