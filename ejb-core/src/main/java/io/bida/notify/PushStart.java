package io.bida.notify;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Gives every bean the same parts that push: the policy of addresses, the lookup of names, the notifier. */
@ApplicationScoped
public class PushStart {

    @Resource
    ManagedThreadFactory threads;

    // By its own name: the default's is taken away, or JAX-RS would look it up for every answer (40-threads.cli).
    @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
    ManagedExecutorService results;

    /** The policy that the settings say. */
    @Produces
    @Singleton
    AddressPolicy policy() {
        return PushSettings.ofSystem().policy();
    }

    /** The lookup at the system's name service. */
    @Produces
    @Singleton
    NameLookup names() {
        return new NameLookup(threads);
    }

    /** The notifier; trusts whom the Java installation trusts. */
    @Produces
    @Singleton
    HttpNotifier notifier(AddressPolicy policy, NameLookup names) {
        return new HttpNotifier(policy, names, PushSettings.ofSystem().timeout(), trustOfJava(), threads, results);
    }

    void close(@Disposes NameLookup names) {
        names.close();
    }

    void close(@Disposes HttpNotifier notifier) {
        notifier.close();
    }

    // Not the default context, which the server may have replaced by one of its own.
    private static SSLContext trustOfJava() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java installation's list of trusted certificates is unusable", e);
        }
    }
}
