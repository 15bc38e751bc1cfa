/**
 * Tests that run inside the server, where only injection, transactions and timers can be watched from.
 *
 * <p>The application is not deployed a second time: each test travels in a small web application of its own beside the
 * running one and sees its classes and beans ({@link io.bida.it.inside.InsideArchive}). What can be seen over HTTP is
 * tested over HTTP.
 */
@NullMarked
package io.bida.it.inside;

import org.jspecify.annotations.NullMarked;
