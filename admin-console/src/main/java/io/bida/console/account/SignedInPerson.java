package io.bida.console.account;

import io.bida.account.AccountId;
import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session remembers of the person who signed in.
 *
 * @param name the name to sign in with
 * @param role what the person may do
 * @param accountNumber the account the person belongs to; null for one who looks after all accounts
 */
public record SignedInPerson(
        String name, ConsoleRole role, @Nullable String accountNumber) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What to remember of this person. */
    public static SignedInPerson of(ConsolePerson person) {
        return new SignedInPerson(
                person.name(),
                person.role(),
                person.account().map(AccountId::value).orElse(null));
    }

    /** The account the person belongs to; empty for one who looks after all accounts. */
    public Optional<AccountId> account() {
        return Optional.ofNullable(accountNumber).map(AccountId::new);
    }

    /** Whether the person may look at this account's things. */
    public boolean maySee(AccountId account) {
        return accountNumber == null || accountNumber.equals(account.value());
    }
}
