package io.bida.catalogue;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed transaction means for the one who asked for it. */
enum CatalogueFailure {
    /** Somebody else changed the same row first, or holds it: the work can be done again. */
    CONFLICT,
    /** The database or the way to it is broken: nothing to be done but to try later. */
    NO_ANSWER,
    /** The work itself is wrong. */
    DEFECT;

    // 23505 unique violation, 40001 serialisation failure or deadlock, 40P01 deadlock (PostgreSQL), 55P03 lock not
    // available (PostgreSQL), HYT00 lock timeout (H2), 90131 concurrent update (H2).
    private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01", "55P03", "HYT00", "90131");

    // SQL state classes that only a wrong statement or value causes: 22 data, 23 integrity, 42 syntax or access.
    private static final Set<String> DEFECTS = Set.of("22", "23", "42");

    /** Judges by the whole chain of causes, because each layer between us and the driver wraps what it gets. */
    static CatalogueFailure of(Throwable failure) {
        CatalogueFailure verdict = DEFECT;
        for (Throwable cause = failure; cause != null; cause = deeper(cause)) {
            if (cause instanceof OptimisticLockException
                    || cause instanceof PessimisticLockException
                    || cause instanceof LockTimeoutException) {
                return CONFLICT;
            }
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return ofState(refused.getSQLState());
            }
            if (isOfTheDatabase(cause)) {
                verdict = NO_ANSWER;
            }
        }
        return verdict;
    }

    /**
     * What a person should read of a failure: the driver's own words, which name the address and the reason, or the
     * first cause if the driver was not asked.
     */
    static Throwable source(Throwable failure) {
        Throwable source = failure;
        for (Throwable cause = failure; cause != null; cause = deeper(cause)) {
            source = cause;
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused;
            }
        }
        return source;
    }

    private static CatalogueFailure ofState(String state) {
        if (CONFLICTS.contains(state)) {
            return CONFLICT;
        }
        return state.length() >= 2 && DEFECTS.contains(state.substring(0, 2)) ? DEFECT : NO_ANSWER;
    }

    private static boolean isOfTheDatabase(Throwable cause) {
        return cause instanceof SQLException
                // There always is one, until its time is over and the transaction manager takes it away.
                || cause instanceof TransactionRequiredException
                || cause instanceof RollbackException
                || cause instanceof HeuristicMixedException
                || cause instanceof HeuristicRollbackException
                || cause instanceof SystemException;
    }

    // A transaction manager may hang the true cause of a failed commit on as a suppressed exception.
    private static @Nullable Throwable deeper(Throwable failure) {
        if (failure.getCause() != null) {
            return failure.getCause();
        }
        return failure.getSuppressed().length > 0 ? failure.getSuppressed()[0] : null;
    }
}
