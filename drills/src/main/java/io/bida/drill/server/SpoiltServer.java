package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A server from which a safety is taken out while it starts, by Byteman and a script of rules; for controls, which show
 * that the drills notice. The product has no such switch.
 */
final class SpoiltServer {

    private static final String SCRIPT = "both-sides-serve.btm";

    private SpoiltServer() {}

    /** The options for Java that spoil a node so that both sides of a split serve; the script is put there. */
    static String bothSidesServe(Path directory) {
        Path script = directory.resolve(SCRIPT);
        try (var in = SpoiltServer.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("The drills were built without " + SCRIPT);
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "-javaagent:" + byteman() + "=script:" + script + ",boot:" + byteman();
    }

    /** Where the build puts it, beside the drills' classes. */
    private static Path byteman() {
        try {
            Path classes = Path.of(SpoiltServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = classes.resolveSibling("control").resolve("byteman.jar");
            if (!Files.exists(jar)) {
                throw new UnsupportedOperationException("There is no " + jar + "; build the drills");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
