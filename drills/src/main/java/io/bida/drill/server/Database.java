package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL for the catalogue alone, run as the system's user {@code postgres} where the drill is run by root. */
final class Database {

    private static final String USER = "bida";
    private static final String PASSWORD = "bida-drill";

    private final Path directory;
    private final int port;

    /** One that does not exist yet; its files are kept out of the drill's directory, which its user may not enter. */
    Database(Path name, int port) {
        this.directory =
                Path.of(System.getProperty("java.io.tmpdir"), "bida-drill-postgres-" + port + "-" + name.hashCode());
        this.port = port;
    }

    Path directory() {
        return directory;
    }

    /** Makes an empty database and starts it. */
    void create() {
        try {
            Commands.run("rm", "-rf", directory.toString());
            Files.createDirectory(directory);
            if (System.getProperty("user.name").equals("root")) {
                Files.setOwner(
                        directory,
                        FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asItsUser("initdb", "-D", directory + "/data", "-U", USER, "-A", "trust", "--no-sync");
        start();
        asItsUser(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER,
                "-c",
                "create database bida",
                "postgres");
    }

    void start() {
        asItsUser(
                "pg_ctl",
                "-D",
                directory + "/data",
                "-w",
                "-l",
                directory + "/log",
                "-o",
                "-p " + port + " -k " + directory + " -c listen_addresses=127.0.0.1",
                "start");
    }

    /** Ends it and all its connections at once. */
    void stop() {
        asItsUser("pg_ctl", "-D", directory + "/data", "-w", "-m", "immediate", "stop");
    }

    /** Ends it if it runs, and removes it. */
    void remove() {
        if (Files.exists(directory.resolve("data").resolve("postmaster.pid"))) {
            stop();
        }
        Commands.run("rm", "-rf", directory.toString());
    }

    /** What a node is told. */
    Map<String, String> settings() {
        return Map.of(
                "BIDA_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/bida",
                "BIDA_DB_USER", USER,
                "BIDA_DB_PASSWORD", PASSWORD);
    }

    private static void asItsUser(String... command) {
        List<String> whole = System.getProperty("user.name").equals("root")
                ? new ArrayList<>(List.of("runuser", "-u", "postgres", "--"))
                : new ArrayList<>();
        whole.addAll(List.of(command));
        Commands.run(whole.toArray(String[]::new));
    }
}
