/**
 * Signing in, and which account the pages are about.
 *
 * <p>Not here: how a password is checked ({@link io.bida.account.UserService}). Start reading at
 * {@link io.bida.console.account.LoginPage}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.account;
