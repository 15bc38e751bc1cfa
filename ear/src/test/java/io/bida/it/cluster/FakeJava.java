package io.bida.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A script that the launcher takes for Java: it says its version, and otherwise notes in {@link #starts} that it was
 * started and does what the test wants.
 */
record FakeJava(Path home, Path starts) {

    /** One in this directory; {@link #does} makes it. */
    static FakeJava in(Path directory) {
        return new FakeJava(directory.resolve("jdk"), directory.resolve("starts"));
    }

    /** Makes the script do this when it is to be a server. */
    void does(String commands) throws IOException {
        does(commands, ":");
    }

    /** The same, and this besides before it says its version. */
    void does(String commands, String beforeItsVersion) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case $* in *-version*) %s; echo ' java.specification.version = 17'; exit 0 ;; esac
                echo started >>'%s'
                %s
                """.formatted(beforeItsVersion, starts, commands));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
