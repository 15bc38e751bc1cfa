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

/**
 * The node's message store and those it has set aside: {@code messages} and {@code messages-aside-<epoch>-<n>} in the
 * data directory.
 *
 * <p>A store is set aside by renaming it while nobody has it open, and deleted only by {@link #deleteAsideBefore}.
 */
final class StoreDirectories {

    private static final String LIVE = "messages";
    private static final Pattern ASIDE = Pattern.compile(LIVE + "-aside-(\\d+)-(\\d+)");

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

    /** The stores set aside that hold messages of this epoch or a later one, oldest first. */
    List<Path> asideSince(long epoch) {
        return asides().stream()
                .filter(aside -> aside.epoch() >= epoch)
                .sorted(Comparator.comparingInt(Aside::order))
                .map(Aside::path)
                .toList();
    }

    /** Deletes every store that was set aside and holds messages of earlier epochs than this. */
    void deleteAsideBefore(long epoch) {
        for (Aside aside : asides()) {
            if (aside.epoch() >= epoch) {
                continue;
            }
            try (Stream<Path> all = Files.walk(aside.path())) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete " + aside.path(), e);
            }
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
