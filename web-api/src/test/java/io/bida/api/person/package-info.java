/** Who asks, by name and password. */
@org.jspecify.annotations.NullMarked
package io.bida.api.person;
