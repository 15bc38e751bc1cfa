package io.bida.cluster.formation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The node's message store and those it has set aside: {@code messages} and {@code messages-aside-<epoch>-<n>} in the
 * data directory.
 *
 * <p>A store is set aside by renaming it while nobody has it open, and deleted only by {@link #deleteAsideBefore}. One
 * of which not everything can be read is never deleted but becomes {@code messages-unreadable-<epoch>-<n>}; until then
 * a file {@code messages-aside-<epoch>-<n>.unreadable} marks it.
 */
final class StoreDirectories {

    private static final String LIVE = "messages";
    private static final String UNREADABLE = ".unreadable";
    private static final Pattern ASIDE = Pattern.compile(LIVE + "-aside-(\\d+)-(\\d+)");

    private static final Logger LOG = Logger.getLogger(StoreDirectories.class);

    private final Path data;

    StoreDirectories(Path data) {
        this.data = data;
    }

    /**
     * A store that was set aside.
     *
     * @param epoch the number of the epoch whose messages it holds
     * @param order the later it was set aside, the higher
     */
    private record Aside(Path path, long epoch, int order) {}

    /** Whether there is a store, be it empty. */
    boolean hasLive() {
        return Files.exists(data.resolve(LIVE));
    }

    /** Sets the store aside if there is one. */
    void setAside(long epoch) {
        if (!hasLive()) {
            return;
        }
        int order = 1 + asides().stream().mapToInt(Aside::order).max().orElse(0);
        try {
            DurableFiles.rename(data.resolve(LIVE), data.resolve(LIVE + "-aside-" + epoch + "-" + order));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set the message store aside in " + data, e);
        }
    }

    /** Deletes the store if there is one. */
    void deleteLive() {
        if (hasLive()) {
            delete(data.resolve(LIVE));
        }
    }

    /** Whether a store is set aside that is of no epoch. */
    boolean holdsAsideOfNoEpoch() {
        return asides().stream().anyMatch(aside -> aside.epoch() == 0);
    }

    /** The stores set aside that hold messages of this epoch or a later one, oldest first. */
    List<Path> asideSince(long epoch) {
        return asides().stream()
                .filter(aside -> aside.epoch() >= epoch)
                .sorted(Comparator.comparingInt(Aside::order))
                .map(Aside::path)
                .toList();
    }

    /** Marks a store that was set aside as one of which not everything can be read. */
    void keep(Path aside) {
        Path mark = mark(aside);
        try {
            if (Files.notExists(mark)) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + mark, e);
        }
    }

    private static Path mark(Path aside) {
        return aside.resolveSibling(aside.getFileName() + UNREADABLE);
    }

    /**
     * Deletes every store that was set aside and holds messages of earlier epochs than this; one of which not
     * everything can be read gets another name instead.
     */
    void deleteAsideBefore(long epoch) {
        for (Aside aside : asides()) {
            if (aside.epoch() < epoch && Files.exists(mark(aside.path()))) {
                leaveToOperator(aside);
            } else if (aside.epoch() < epoch) {
                delete(aside.path());
            }
        }
    }

    private void leaveToOperator(Aside aside) {
        Path kept = data.resolve(LIVE + "-unreadable-" + aside.epoch() + "-" + aside.order());
        try {
            DurableFiles.rename(aside.path(), kept);
            Files.delete(mark(aside.path()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot rename " + aside.path(), e);
        }
        LOG.errorf(
                "Not all messages in %s can be read; what could be is in service again. Look at it, then delete it",
                kept);
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private List<Aside> asides() {
        List<Aside> found = new ArrayList<>();
        if (Files.notExists(data)) {
            return found;
        }
        try (Stream<Path> all = Files.list(data)) {
            all.forEach(path -> {
                Matcher name = ASIDE.matcher(path.getFileName().toString());
                if (name.matches()) {
                    found.add(new Aside(path, Long.parseLong(name.group(1)), Integer.parseInt(name.group(2))));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + data, e);
        }
        return found;
    }
}
