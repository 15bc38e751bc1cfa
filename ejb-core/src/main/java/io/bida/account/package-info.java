/**
 * Who may ask: accounts, the access keys they sign with, and the people who use the console.
 *
 * <p>Also the vault that keeps their secrets, because this is the lowest room that has any. Not here: how a request is
 * signed (web-api) and what an account owns (queue). Start reading at {@link io.bida.account.AccountService}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.account;
