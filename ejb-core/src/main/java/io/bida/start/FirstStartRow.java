package io.bida.start;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * The one row that says that the first start is complete, written in the transaction that completes it.
 *
 * <p>Its fixed key lets exactly one of several nodes complete it. It also tells every later node whether it has the
 * master key that the catalogue's secrets are sealed with.
 */
@Entity
@Table(name = "first_start")
public class FirstStartRow {

    private static final int ONLY = 1;

    @Id
    @Column(name = "id")
    private int id;

    @Column(name = "master_key_check", length = 64)
    private String masterKeyCheck;

    @Column(name = "completed_at")
    private Instant completedAt;

    /** Complete as of now. */
    public FirstStartRow(String masterKeyCheck, Instant completedAt) {
        this.id = ONLY;
        this.masterKeyCheck = masterKeyCheck;
        this.completedAt = completedAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected FirstStartRow() {}

    static Optional<FirstStartRow> find(EntityManager entities) {
        return Optional.ofNullable(entities.find(FirstStartRow.class, ONLY));
    }

    boolean isSealedWith(String check) {
        return masterKeyCheck.equals(check);
    }

    @Override
    public String toString() {
        return "first start, completed at " + completedAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FirstStartRow row && id == row.id;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
