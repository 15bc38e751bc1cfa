/** Documents read and written, and bodies that must not be read. */
@org.jspecify.annotations.NullMarked
package io.bida.api.xml;
