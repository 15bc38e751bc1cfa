package io.bida.it.inside;

import io.bida.queue.QueueService;
import jakarta.enterprise.inject.spi.CDI;

/** The beans of the running application, for a test that was deployed beside it. */
final class RunningBeans {

    private RunningBeans() {}

    /**
     * The application's bean of this type: a CDI bean or a session bean.
     *
     * <p>Which application {@link CDI#current()} means follows the thread's context class loader, so the call is made
     * with the loader of a class of the application; {@code type} may be one of Java's own.
     */
    static <T> T bean(Class<T> type) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(QueueService.class.getClassLoader());
        try {
            return CDI.current().select(type).get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
