package io.bida.catalogue;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's ground on a real database, with a stand-in for what the container does: one entity manager and one
 * transaction per thread, and events that arrive after the commit.
 */
public final class CatalogueWithoutContainer implements AutoCloseable {

    private static final Map<TestDatabase, CatalogueWithoutContainer> SHARED = new EnumMap<>(TestDatabase.class);

    private final EntityManagerFactory factory;
    private final ThreadLocal<ThreadsTransaction> current = ThreadLocal.withInitial(ThreadsTransaction::new);
    private final CatalogueTransactions transactions = new CatalogueTransactions();

    /** Migrates the database, and checks that every entity fits the schema. */
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    public CatalogueWithoutContainer(DataSource source) {
        CatalogueDatabase database = new CatalogueDatabase();
        database.database = source;
        database.migrate();
        factory = Persistence.createEntityManagerFactory(
                "bida",
                Map.of(
                        "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource", source,
                        "hibernate.hbm2ddl.auto", "validate",
                        "hibernate.jpa.compliance.query", "true"));
        transactions.database = database;
        transactions.entities = entitiesOfTheThread();
        transactions.transaction = new TransactionOfTheThread();
    }

    /** One for all tests that make accounts and names of their own and need no clean slate; it is never closed. */
    public static synchronized CatalogueWithoutContainer sharedOn(TestDatabase database) {
        return SHARED.computeIfAbsent(database, shared -> new CatalogueWithoutContainer(shared.empty()));
    }

    /** What services are given. */
    public CatalogueTransactions transactions() {
        return transactions;
    }

    /** An event source whose events reach the observer after the commit. */
    public <T> Event<T> afterCommit(Consumer<T> observer) {
        return new EventAfterCommit<>(observer);
    }

    @Override
    public void close() {
        factory.close();
    }

    private EntityManager entitiesOfTheThread() {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, args) -> {
                    try {
                        return method.invoke(current.get().entities(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class ThreadsTransaction {

        private @Nullable EntityManager entities;
        private final List<Runnable> afterCommit = new ArrayList<>();

        EntityManager entities() {
            if (entities == null) {
                throw new IllegalStateException("no transaction");
            }
            return entities;
        }
    }

    private final class TransactionOfTheThread implements UserTransaction {

        @Override
        public void begin() {
            EntityManager entities = factory.createEntityManager();
            entities.getTransaction().begin();
            current.get().entities = entities;
        }

        @Override
        public void commit() throws RollbackException {
            ThreadsTransaction ended = current.get();
            current.remove();
            try (EntityManager entities = ended.entities()) {
                entities.getTransaction().commit();
            } catch (jakarta.persistence.RollbackException e) {
                throw (RollbackException) new RollbackException().initCause(e);
            }
            ended.afterCommit.forEach(Runnable::run);
        }

        @Override
        public void rollback() {
            ThreadsTransaction ended = current.get();
            current.remove();
            try (EntityManager entities = ended.entities()) {
                entities.getTransaction().rollback();
            }
        }

        @Override
        public void setRollbackOnly() {
            current.get().entities().getTransaction().setRollbackOnly();
        }

        @Override
        public int getStatus() {
            return current.get().entities == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            // Tests are ended by their own bounds.
        }
    }

    private final class EventAfterCommit<T> implements Event<T> {

        private final Consumer<T> observer;

        EventAfterCommit(Consumer<T> observer) {
            this.observer = observer;
        }

        @Override
        public void fire(T event) {
            if (current.get().entities == null) {
                observer.accept(event); // at once, as without a transaction
            } else {
                current.get().afterCommit.add(() -> observer.accept(event));
            }
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<T> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
