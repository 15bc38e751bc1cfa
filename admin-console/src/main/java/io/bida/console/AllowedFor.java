package io.bida.console;

import io.bida.account.ConsoleRole;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a page or a part of one that is only for people of some roles; everybody else is refused, or sees none of it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedFor {

    /** The roles that may. */
    ConsoleRole[] value();
}
