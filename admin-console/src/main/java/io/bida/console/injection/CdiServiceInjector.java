package io.bida.console.injection;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Injects from the container the console is deployed in.
 *
 * <p>Written out because Wicket's own module for this is not published for the Wicket version in use.
 */
public final class CdiServiceInjector implements ServiceInjector {

    private final BeanManager beans = CDI.current().getBeanManager();
    private final Map<Class<?>, InjectionTarget<?>> targets = new ConcurrentHashMap<>();

    @Override
    public void inject(Object target) {
        injectAs(target.getClass(), target);
    }

    private <T> void injectAs(Class<T> type, Object target) {
        @SuppressWarnings("unchecked") // the map holds under each class what analyse made for that class
        InjectionTarget<T> injection = (InjectionTarget<T>) targets.computeIfAbsent(type, this::analyse);
        injection.inject(type.cast(target), beans.createCreationalContext(null));
    }

    private <T> InjectionTarget<T> analyse(Class<T> type) {
        return beans.getInjectionTargetFactory(beans.createAnnotatedType(type)).createInjectionTarget(null);
    }
}
