package io.bida.api.person;

import io.bida.api.signature.ByPassword;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the password check before every resource that is marked {@link ByPassword}; decided once, at start. */
@Provider
@ApplicationScoped
public class PasswordFeature implements DynamicFeature {

    @Inject
    KnownPersons persons;

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        @Nullable ByPassword marked = resource.getResourceClass().getAnnotation(ByPassword.class);
        if (marked != null) {
            context.register(new PasswordFilter(persons, Set.of(marked.value())));
        }
    }
}
