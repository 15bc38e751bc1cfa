/**
 * Who is the person behind a request to the management API: name and password of a user of the console, by HTTP Basic.
 *
 * <p>Programs that use queues sign their requests instead ({@code .signature}). Start reading at
 * {@link io.bida.api.person.PasswordFilter}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.person;
