package io.bida.start;

import io.bida.catalogue.DataDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The file {@code <bida.data>/first-start.properties}: what the first start made up, for the operator to see once.
 *
 * <p>Readable by the owner alone. The launcher shows it when the node is ready, and deletes it.
 */
@ApplicationScoped
public class FirstStartFile {

    @Inject
    DataDirectory data;

    /** Its content; empty if there is none. */
    Map<String, String> read() {
        if (Files.notExists(path())) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path())) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path(), e);
        }
        Map<String, String> content = new HashMap<>();
        properties.forEach((key, value) -> content.put(key.toString(), value.toString()));
        return content;
    }

    /** Replaces it, wholly or not at all; without content there is no file. */
    void write(Map<String, String> content) {
        if (content.isEmpty()) {
            delete();
            return;
        }
        Properties properties = new Properties();
        properties.putAll(content);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "Made up by the first start. Keep it safe and delete this file.");
            data.writeForOwnerOnly(path(), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path(), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path(), e);
        }
    }

    private Path path() {
        return data.path().resolve("first-start.properties");
    }
}
