/** The management API and its description. */
@org.jspecify.annotations.NullMarked
package io.bida.api.management;
