/**
 * Parts that several pages are made of.
 *
 * <p>Not here: anything that knows a service. Start reading at {@link io.bida.console.component.Notices}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.component;
