package io.bida.account;

import java.security.SecureRandom;

/** Unguessable ids, secrets and passwords. Safe for use by any thread. */
public final class RandomText {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789";
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + DIGITS;

    private RandomText() {}

    /** An account id in the real service's form: 16 digits, the first not 0. */
    public static AccountId accountId() {
        return new AccountId(pick("123456789", 1) + pick(DIGITS, 15));
    }

    /** The public part of an access key: 24 letters and digits. */
    public static String accessKeyId() {
        return pick(LETTERS_AND_DIGITS, 24);
    }

    /** The secret of an access key: 40 letters and digits, 238 bits of chance. */
    public static String accessKeySecret() {
        return pick(LETTERS_AND_DIGITS, 40);
    }

    /** A person's first password: 20 letters and digits, 119 bits of chance. */
    public static String password() {
        return pick(LETTERS_AND_DIGITS, 20);
    }

    private static String pick(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .map(alphabet::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
