/**
 * How pages, panels and live resources come by the services they call.
 *
 * <p>Wicket creates components itself and writes pages to a store, so the container cannot inject them; this does.
 * Start reading at {@link io.bida.console.injection.ServiceInjector}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.injection;
