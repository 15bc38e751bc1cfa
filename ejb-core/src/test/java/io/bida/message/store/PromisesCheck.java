package io.bida.message.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares a store with what its {@link WriterToBeKilled} said, in a process of its own.
 *
 * <p>Arguments: the store's directory, the file with what was said, id of the queue. Says one line with the counts.
 * Ends with 0 if nothing is lost, 3 if something is, 1 if the store cannot be opened, is damaged, or undid a delete.
 */
public final class PromisesCheck {

    private static final int EXIT_LOST = 3;

    private PromisesCheck() {}

    /** Checks once. */
    public static void main(String[] arguments) throws IOException {
        Promises promises = promises(Path.of(arguments[1]), Long.parseLong(arguments[2]));
        int lost;
        try (OpenStore open = new OpenStore(Path.of(arguments[0]), Durability.DISK, 1 << 20)) {
            lost = promises.lost(open.store());
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf(
                "acknowledged: %d bundles, %d deletes; lost: %d%n",
                promises.acknowledgedBundles(), promises.acknowledgedDeletes(), lost);
        System.exit(lost == 0 ? 0 : EXIT_LOST);
    }

    /** The last line counts only if it is whole. */
    private static Promises promises(Path said, long queueId) throws IOException {
        String text = Files.readString(said);
        Promises promises = new Promises(queueId);
        List<String> whole =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        whole.forEach(promises::note);
        return promises;
    }
}
