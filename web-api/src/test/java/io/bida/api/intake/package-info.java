/** The handlers in front of the application, on a real server. */
@org.jspecify.annotations.NullMarked
package io.bida.api.intake;
