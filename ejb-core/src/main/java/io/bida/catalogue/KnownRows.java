package io.bida.catalogue;

import io.bida.error.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What this node knows of one table, in memory: what the data path reads instead of the database.
 *
 * <p>Changed after each commit of this node and compared with the database from time to time, which brings in what
 * other nodes did and repairs what a failure left behind. Commits may arrive here in another order than they happened:
 * of one row the highest version counts, and a removed row does not come back by a late change. Reading takes no lock.
 *
 * @param <K> what a row is found by
 * @param <V> its immutable picture
 */
public final class KnownRows<K extends Comparable<? super K>, V> {

    /**
     * A row as committed.
     *
     * @param key what it is found by; a new row may have the key of a removed one
     * @param id what it is, for ever
     * @param version grows with each change
     * @param value its picture
     */
    public record Row<K, V>(K key, long id, long version, V value) {}

    /**
     * A cheap summary of all rows: equal summaries mean, for all practical purposes, equal rows.
     *
     * @param rows how many
     * @param ids all ids added up
     * @param versions all versions added up
     */
    record Summary(long rows, long ids, long versions) {}

    /** Nothing known yet. */
    public KnownRows() {
        this(gone -> {});
    }

    /**
     * Nothing known yet.
     *
     * @param whenGone told of each row that turns out to be gone though this node did not remove it
     */
    public KnownRows(Consumer<V> whenGone) {
        this.whenGone = whenGone;
    }

    /** A row and the step at which this node learned of it. */
    private record Known<K, V>(Row<K, V> row, long step) {}

    /** Rows read by one query when all are read: 1000, our choice. */
    private static final int PAGE = 1000;

    private final Map<K, Known<K, V>> byKey = new ConcurrentHashMap<>();
    private final NavigableMap<K, Known<K, V>> inOrder = new ConcurrentSkipListMap<>();
    private final Map<Long, K> keys = new ConcurrentHashMap<>();
    private volatile boolean filled;

    private final Consumer<V> whenGone;

    // All below: guarded by this.
    private final List<V> gone = new ArrayList<>();
    private final Map<Long, Long> removedAtStep = new HashMap<>();
    private long step;
    private long stepOfLastReading;
    private long ids;
    private long versions;

    /**
     * The picture found by this key.
     *
     * @throws ServiceUnavailableException before the first reading is complete (ServiceUnavailable)
     */
    public Optional<V> find(K key) {
        requireFilled();
        Known<K, V> known = byKey.get(key);
        return known == null ? Optional.empty() : Optional.of(known.row().value());
    }

    /**
     * The picture of the row with this id.
     *
     * @throws ServiceUnavailableException before the first reading is complete (ServiceUnavailable)
     */
    public Optional<V> findById(long id) {
        requireFilled();
        return knownAs(id).map(known -> known.row().value());
    }

    /** All pictures in the order of their keys, beginning at this key; sees changes made meanwhile or not. */
    public Iterable<V> from(K first, boolean inclusive) {
        requireFilled();
        return () -> inOrder.tailMap(first, inclusive).values().stream()
                .map(known -> known.row().value())
                .iterator();
    }

    /** All pictures as of now, in the order of their keys. */
    public Collection<V> all() {
        requireFilled();
        return inOrder.values().stream().map(known -> known.row().value()).toList();
    }

    private void requireFilled() {
        if (!filled) {
            throw new ServiceUnavailableException("the node is starting");
        }
    }

    /** Takes in a row that this node has just committed or read. */
    public synchronized void remember(Row<K, V> row) {
        Known<K, V> before = byKey.get(row.key());
        boolean outdated =
                before != null && before.row().id() == row.id() && before.row().version() > row.version();
        if (!outdated && !removedAtStep.containsKey(row.id())) {
            put(row);
        }
    }

    /** Drops a row whose removal this node has just committed. */
    public synchronized void forget(long id) {
        removedAtStep.put(id, ++step);
        knownAs(id).ifPresent(this::remove);
    }

    private Optional<Known<K, V>> knownAs(long id) {
        K key = keys.get(id);
        Known<K, V> known = key == null ? null : byKey.get(key);
        return known == null || known.row().id() != id ? Optional.empty() : Optional.of(known);
    }

    /**
     * Compares with the database, and reads all rows again where something differs.
     *
     * @param entity the rows' entity, with fields {@code id} and {@code version}
     * @param picture what is kept of an entity
     * @return how many rows were not as known
     * @throws ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public <E> int readAgain(CatalogueTransactions catalogue, Class<E> entity, Function<E, Row<K, V>> picture) {
        long begun = beginReading();
        if (filled && summaryInDatabase(catalogue, entity).equals(summary())) {
            return 0;
        }
        int repaired = reconcile(begun, readAll(catalogue, entity, picture));
        tellWhatIsGone();
        return repaired;
    }

    /**
     * Reads one row again: another node has changed it.
     *
     * @throws ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public <E> void readAgain(
            CatalogueTransactions catalogue, Class<E> entity, long id, Function<E, Row<K, V>> picture) {
        Optional<Row<K, V>> row = catalogue.transact(
                entities -> Optional.ofNullable(entities.find(entity, id)).map(picture));
        row.ifPresentOrElse(this::remember, () -> forgetElsewhere(id));
        tellWhatIsGone();
    }

    private synchronized void forgetElsewhere(long id) {
        knownAs(id).ifPresent(known -> gone.add(known.row().value()));
        forget(id);
    }

    /** Off the lock, because whoever is told may do much. */
    private void tellWhatIsGone() {
        List<V> told;
        synchronized (this) {
            told = List.copyOf(gone);
            gone.clear();
        }
        told.forEach(whenGone);
    }

    private static Summary summaryInDatabase(CatalogueTransactions catalogue, Class<?> entity) {
        String query = "select count(r), coalesce(sum(r.id), 0), coalesce(sum(r.version), 0) from "
                + entity.getSimpleName() + " r";
        Object[] sums = catalogue.transact(
                entities -> entities.createQuery(query, Object[].class).getSingleResult());
        return new Summary(
                ((Number) sums[0]).longValue(), ((Number) sums[1]).longValue(), ((Number) sums[2]).longValue());
    }

    // Page by page, each in a transaction of its own: rows that change meanwhile are what reconcile is made for.
    private static <E, K, V> List<Row<K, V>> readAll(
            CatalogueTransactions catalogue, Class<E> entity, Function<E, Row<K, V>> picture) {
        String query = "select r from " + entity.getSimpleName() + " r where r.id > :last order by r.id";
        List<Row<K, V>> rows = new ArrayList<>();
        while (true) {
            long last = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).id();
            List<Row<K, V>> page = catalogue.transact(entities ->
                    entities
                            .createQuery(query, entity)
                            .setParameter("last", last)
                            .setMaxResults(PAGE)
                            .getResultList()
                            .stream()
                            .map(picture)
                            .toList());
            rows.addAll(page);
            if (page.size() < PAGE) {
                return rows;
            }
        }
    }

    /** A summary of what is known now. */
    synchronized Summary summary() {
        return new Summary(byKey.size(), ids, versions);
    }

    /** Announces that all rows will be read now; what it returns goes with them to {@link #reconcile}. */
    synchronized long beginReading() {
        removedAtStep.values().removeIf(removed -> removed <= stepOfLastReading);
        stepOfLastReading = step;
        return step;
    }

    /**
     * Makes what is known equal to what was read, except for what this node itself committed after the reading began:
     * that may be newer than the rows read.
     *
     * @param begun what {@link #beginReading} returned
     * @return how many rows were not as known
     */
    synchronized int reconcile(long begun, Collection<Row<K, V>> rows) {
        int repaired = 0;
        Set<K> read = new HashSet<>();
        for (Row<K, V> row : rows) {
            read.add(row.key());
            if (isNews(row, begun)) {
                put(row);
                repaired++;
            }
        }
        for (Known<K, V> known : inOrder.values()) {
            if (known.step() <= begun && !read.contains(known.row().key())) {
                gone.add(known.row().value());
                remove(known);
                repaired++;
            }
        }
        filled = true;
        return repaired;
    }

    private boolean isNews(Row<K, V> row, long begun) {
        Long removed = removedAtStep.get(row.id());
        if (removed != null && removed > begun) {
            return false;
        }
        Known<K, V> known = byKey.get(row.key());
        if (known == null) {
            return true;
        }
        boolean same = known.row().id() == row.id();
        if (known.step() > begun) {
            return same && known.row().version() < row.version();
        }
        return !same || known.row().version() != row.version();
    }

    private void put(Row<K, V> row) {
        removedAtStep.remove(row.id());
        Known<K, V> now = new Known<>(row, ++step);
        Known<K, V> before = byKey.put(row.key(), now);
        inOrder.put(row.key(), now);
        keys.put(row.id(), row.key());
        if (before != null) {
            if (before.row().id() != row.id()) {
                keys.remove(before.row().id());
                gone.add(before.row().value());
            }
            ids -= before.row().id();
            versions -= before.row().version();
        }
        ids += row.id();
        versions += row.version();
    }

    private void remove(Known<K, V> known) {
        byKey.remove(known.row().key());
        inOrder.remove(known.row().key());
        keys.remove(known.row().id());
        ids -= known.row().id();
        versions -= known.row().version();
    }
}
