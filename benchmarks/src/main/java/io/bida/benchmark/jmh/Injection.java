package io.bida.benchmark.jmh;

import java.lang.reflect.Field;

/** Sets injected fields as the container would: they are package-private for tests, and this is another package. */
final class Injection {

    private Injection() {}

    /** Sets the field of this name. */
    static void into(Object bean, String name, Object value) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the bean has changed: " + bean.getClass(), e);
        }
    }
}
