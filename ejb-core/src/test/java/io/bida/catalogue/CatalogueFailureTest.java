package io.bida.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.NoResultException;
import jakarta.persistence.NonUniqueResultException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFailureTest {

    @ParameterizedTest
    @CsvSource({
        "23505, CONFLICT", // unique violation
        "40001, CONFLICT", // serialisation failure, deadlock
        "40P01, CONFLICT", // deadlock (PostgreSQL)
        "HYT00, CONFLICT", // lock timeout (H2)
        "08006, NO_ANSWER", // connection failure
        "57P01, NO_ANSWER", // server shuts down (PostgreSQL)
        "90098, NO_ANSWER", // database closed (H2)
        "53300, NO_ANSWER", // too many connections (PostgreSQL)
        "22001, DEFECT", // value too long
        "23503, DEFECT", // foreign key violation
        "42P01, DEFECT", // no such table
    })
    void theDriversStateDecides(String state, CatalogueFailure verdict) {
        Exception wrapped = new PersistenceException(new RuntimeException(new SQLException("text", state)));

        assertThat(CatalogueFailure.of(wrapped)).isEqualTo(verdict);
    }

    @Test
    void versionThatAnotherOneChangedIsAConflict() {
        assertThat(CatalogueFailure.of(new OptimisticLockException())).isEqualTo(CatalogueFailure.CONFLICT);
    }

    @Test
    void conflictWithinAFailedCommitIsAConflict() throws Exception {
        RollbackException failedCommit = new RollbackException();
        failedCommit.addSuppressed(new PersistenceException(new SQLException("text", "23505")));

        assertThat(CatalogueFailure.of(failedCommit)).isEqualTo(CatalogueFailure.CONFLICT);
    }

    @Test
    void poolWithoutConnectionIsNoAnswer() {
        Exception noConnection = new PersistenceException(new SQLException("no managed connection"));

        assertThat(CatalogueFailure.of(noConnection)).isEqualTo(CatalogueFailure.NO_ANSWER);
    }

    @Test
    void failedTransactionManagerIsNoAnswer() {
        assertThat(CatalogueFailure.of(new SystemException())).isEqualTo(CatalogueFailure.NO_ANSWER);
        assertThat(CatalogueFailure.of(new RollbackException())).isEqualTo(CatalogueFailure.NO_ANSWER);
    }

    @Test
    void transactionWhoseTimeIsOverIsNoAnswer() {
        assertThat(CatalogueFailure.of(new TransactionRequiredException())).isEqualTo(CatalogueFailure.NO_ANSWER);
    }

    @Test
    void answerThatTheWorkDidNotExpectIsADefect() {
        assertThat(CatalogueFailure.of(new NoResultException())).isEqualTo(CatalogueFailure.DEFECT);
        assertThat(CatalogueFailure.of(new NonUniqueResultException())).isEqualTo(CatalogueFailure.DEFECT);
    }

    @Test
    void anythingElseIsADefect() {
        assertThat(CatalogueFailure.of(new IllegalStateException())).isEqualTo(CatalogueFailure.DEFECT);
    }

    @Test
    void theDriversOwnWordsAreWhatAPersonReads() {
        SQLException driver =
                new SQLException("Connection refused: 10.0.0.1:5432", "08001", new RuntimeException("io"));
        Exception pooled = new PersistenceException(new SQLException("no managed connection", driver));

        assertThat(CatalogueFailure.source(pooled)).isSameAs(driver);
    }

    @Test
    void withoutTheDriverThePersonReadsTheFirstCause() {
        Exception first = new IllegalStateException("pool exhausted");

        assertThat(CatalogueFailure.source(new PersistenceException(first))).isSameAs(first);
    }
}
