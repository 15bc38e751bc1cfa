/** Tests of what is delivered, signed, let through and pushed. */
@org.jspecify.annotations.NullMarked
package io.bida.notify;
