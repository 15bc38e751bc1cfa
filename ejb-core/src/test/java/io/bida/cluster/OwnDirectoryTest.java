package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoryTest {

    @TempDir
    Path data;

    @Test
    void aNodeFindsItsOwnDirectoryAgain() throws IOException {
        new OwnDirectory(data, "n1").close();
        new OwnDirectory(data, "n1").close();

        assertThat(data.resolve("node")).hasContent("n1");
    }

    @Test
    void theDirectoryOfARunningNodeIsRefused() {
        try (OwnDirectory held = new OwnDirectory(data, "n1")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> new OwnDirectory(data, "n1"))
                    .isInstanceOf(UnsafeConfigurationException.class)
                    .hasMessageContaining("is in use by another process; give every node a directory of its own");
        }
    }

    @Test
    void theDirectoryOfAnotherNodeIsRefused() throws IOException {
        new OwnDirectory(data, "n1").close();

        assertThatThrownBy(() -> new OwnDirectory(data, "n2"))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageContaining("is that of node n1, and this node is called n2; start it with --node n1");
        assertThat(data.resolve("node")).hasContent("n1");
    }

    @Test
    void aStoreOutsideOfTheDirectoryIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(data.resolve("messages"), elsewhere);

        assertThatThrownBy(() -> new OwnDirectory(data, "n1"))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageContaining("outside of its data directory");
    }

    @Test
    void aStoreInsideIsTaken() throws IOException {
        Files.createDirectory(data.resolve("messages"));

        new OwnDirectory(data, "n1").close();

        assertThat(data.resolve("node")).exists();
    }
}
