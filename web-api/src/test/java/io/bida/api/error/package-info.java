/** The table of codes and the form of refusals. */
@org.jspecify.annotations.NullMarked
package io.bida.api.error;
