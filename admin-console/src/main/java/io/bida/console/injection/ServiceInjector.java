package io.bida.console.injection;

/**
 * Port: fills the {@code @Inject} fields of an object that the container did not create. Safe for use by any thread.
 */
@FunctionalInterface
public interface ServiceInjector {

    /** Sets every injected field of the object, also those of its superclasses; an object without any is left alone. */
    void inject(Object target);
}
