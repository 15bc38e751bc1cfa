package io.bida.account;

/**
 * The tenant's number, as in the first label of its host name.
 *
 * @param value 1 to 32 digits (the real service has 16; a longer end is our choice)
 */
public record AccountId(String value) {

    /** Checks the form. */
    public AccountId {
        if (value.isEmpty() || value.length() > 32 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("an account id is 1 to 32 digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
