/**
 * Runs the Node libraries: their tests are JavaScript, in {@code src/test/node}.
 *
 * <p>The build installs the packages of the lock file beside a copy of those tests; here is only what starts Node and reports.
 */
@NullMarked
package io.bida.sdk.node;

import org.jspecify.annotations.NullMarked;
