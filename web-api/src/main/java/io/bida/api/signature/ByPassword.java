package io.bida.api.signature;

import io.bida.account.ConsoleRole;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a resource for people of some roles, who say name and password with each request. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ByPassword {

    /** The roles that may. */
    ConsoleRole[] value();
}
