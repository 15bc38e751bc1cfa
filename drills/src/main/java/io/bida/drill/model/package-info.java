/** A queue service in memory that keeps every promise, and mistakes that can be switched on in it. */
@NullMarked
package io.bida.drill.model;

import org.jspecify.annotations.NullMarked;
