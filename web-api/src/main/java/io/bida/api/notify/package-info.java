/** What receivers of notifications need from this service. */
@org.jspecify.annotations.NullMarked
package io.bida.api.notify;
