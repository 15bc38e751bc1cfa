package io.bida.account;

/** What a person may do in the console, from most to least. */
public enum ConsoleRole {
    /** Everything, in all accounts, and the cluster. */
    PLATFORM_ADMIN,
    /** Everything within one account. */
    ACCOUNT_OWNER,
    /** Looks at one account, sends and peeks. */
    DEVELOPER,
    /** Looks at one account, without message bodies. */
    VIEWER
}
