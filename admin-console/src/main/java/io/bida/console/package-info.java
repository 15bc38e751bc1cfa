/**
 * The console: pages for a person, over the same services that the API uses.
 *
 * <p>Here stand the application, the session and the frame around every page; the pages live one package further down,
 * one package per feature. Not here: rules about queues or messages, and storage. Start reading at
 * {@link io.bida.console.ConsoleApplication}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console;
