package io.bida.api.signature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Puts the signature check before every resource that is not {@link Unsigned} or for persons ({@link ByPassword});
 * decided once, at start.
 */
@Provider
@ApplicationScoped
public class SignatureFeature implements DynamicFeature {

    @Inject
    SignatureFilter filter;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> asked = resource.getResourceClass();
        if (!asked.isAnnotationPresent(Unsigned.class) && !asked.isAnnotationPresent(ByPassword.class)) {
            context.register(filter);
        }
    }
}
