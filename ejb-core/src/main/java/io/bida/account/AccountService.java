package io.bida.account;

import jakarta.ejb.Stateless;

/** The use cases of accounts. */
@Stateless
public class AccountService {

    /** The account's settings. */
    public AccountAttributes getAccountAttributes(AccountId account) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes the account's settings.
     *
     * @throws io.bida.error.InvalidArgumentException if the bucket's name is too long (InvalidArgument)
     */
    public void setAccountAttributes(AccountId account, AccountAttributes attributes) {
        throw new UnsupportedOperationException();
    }
}
