package io.bida.catalogue;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The one way to read and change the catalogue: a piece of work in a transaction of its own, repeated when it met
 * another one.
 *
 * <p>Transactions are begun here and not by the container, because only what stands around the commit can repeat a
 * conflict or tell a client that the database is down: a container reports a failed commit to the caller, past every
 * line of the bean. So callers are beans with bean-managed transactions, and none is active when they call.
 *
 * <p>Safe for use by any thread.
 */
@ApplicationScoped
public class CatalogueTransactions {

    private static final Logger LOG = Logger.getLogger(CatalogueTransactions.class);

    /** How long one attempt may take, in seconds; our choice, below the 30 s after which clients give up. */
    private static final int ATTEMPT_SECONDS = 10;

    /**
     * How often work is tried that meets another one's: 8 times, our choice; rows are locked, so 2 nearly always do.
     */
    private static final int ATTEMPTS = 8;

    @PersistenceContext(unitName = "bida")
    EntityManager entities;

    @Resource
    UserTransaction transaction;

    @Inject
    CatalogueDatabase database;

    /**
     * Does the work and returns its result when the changes are on disk.
     *
     * @param work may run more than once, so it changes nothing but rows
     * @throws ServiceException what the work refuses with; nothing is changed then
     * @throws ServiceUnavailableException if the database does not answer (ServiceUnavailable); the outcome is unknown
     */
    public <T> T transact(Function<EntityManager, T> work) {
        T result = untilWithoutConflict(work);
        try {
            database.flush();
        } catch (SQLException e) {
            throw unavailable(e);
        }
        return result;
    }

    private <T> T untilWithoutConflict(Function<EntityManager, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (ServiceException refusal) {
                throw refusal;
            } catch (RuntimeException
                    | NotSupportedException
                    | SystemException
                    | RollbackException
                    | HeuristicMixedException
                    | HeuristicRollbackException e) {
                switch (CatalogueFailure.of(e)) {
                    case CONFLICT -> {
                        if (attempt == ATTEMPTS) {
                            LOG.warnf("The catalogue was changed by others %d times in a row; last: %s", attempt, e);
                            throw new ServiceUnavailableException("the catalogue is busy");
                        }
                    }
                    case NO_ANSWER -> throw unavailable(e);
                    case DEFECT -> throw e instanceof RuntimeException defect ? defect : new IllegalStateException(e);
                }
            }
        }
    }

    private <T> T once(Function<EntityManager, T> work)
            throws NotSupportedException, SystemException, RollbackException, HeuristicMixedException,
                    HeuristicRollbackException {
        transaction.setTransactionTimeout(ATTEMPT_SECONDS);
        transaction.begin();
        boolean done = false;
        try {
            T result = work.apply(entities);
            // Here and not within the commit, so that a conflict arrives as what it is.
            entities.flush();
            transaction.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            // The failure that led here is the one to report.
            LOG.debug("Could not roll back", e);
        }
    }

    private static ServiceUnavailableException unavailable(Exception cause) {
        // One line: the layers below are kept from logging the same failure again (wildfly-config, 50-logging).
        LOG.warnf("The catalogue's database does not answer: %s", CatalogueFailure.source(cause));
        LOG.debug("The catalogue's database does not answer", cause);
        return new ServiceUnavailableException("the catalogue's database does not answer");
    }
}
