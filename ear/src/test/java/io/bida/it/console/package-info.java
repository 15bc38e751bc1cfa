/**
 * The console in a real browser: what a person does from signing in to signing out, and how every page looks.
 *
 * <p>Needs Chromium on the machine and fails without it; downloads nothing. Not here: what a page says in every case,
 * which the console's own tests check without a browser. Start reading at {@link io.bida.it.console.ConsoleJourneyIT}.
 */
@NullMarked
package io.bida.it.console;

import org.jspecify.annotations.NullMarked;
