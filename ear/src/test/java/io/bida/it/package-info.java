/**
 * The whole product, tested from outside over HTTP, as a user's program and a user's browser see it.
 *
 * <p>One server, started by the build before the first test and stopped when the build ends, serves all of them;
 * {@link io.bida.it.ServerUnderTest} says where it is. Each test makes its own queue names and needs no clean slate.
 * What can be tested without a server belongs into the module it is about.
 */
@NullMarked
package io.bida.it;

import org.jspecify.annotations.NullMarked;
