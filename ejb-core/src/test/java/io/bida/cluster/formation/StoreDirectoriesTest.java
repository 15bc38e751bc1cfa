package io.bida.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoriesTest {

    @TempDir
    Path data;

    private StoreDirectories stores;

    @BeforeEach
    void open() {
        stores = new StoreDirectories(data);
    }

    private void live(String content) throws IOException {
        Files.createDirectories(data.resolve("messages"));
        Files.writeString(data.resolve("messages").resolve("file"), content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void storesOfAnEpochOrLaterAreFoundOldestFirstAndEarlierOnesDeleted() throws IOException {
        live("a");
        stores.setAside(3);
        live("b");
        stores.setAside(5);
        live("c");
        stores.setAside(3);

        assertThat(stores.asideSince(5)).containsExactly(data.resolve("messages-aside-5-2"));
        assertThat(stores.asideSince(3))
                .containsExactly(
                        data.resolve("messages-aside-3-1"),
                        data.resolve("messages-aside-5-2"),
                        data.resolve("messages-aside-3-3"));
        stores.deleteAsideBefore(5);
        assertThat(names()).containsExactly("messages-aside-5-2");
    }

    @Test
    void aStoreOfWhichNotEverythingCanBeReadIsKeptUnderAnotherName() throws IOException {
        live("damaged");
        stores.setAside(3);
        stores.keep(data.resolve("messages-aside-3-1"));
        stores.keep(data.resolve("messages-aside-3-1"));

        assertThat(stores.asideSince(3)).hasSize(1); // what can be read of it is put back by every start
        stores.deleteAsideBefore(4);

        assertThat(names()).containsExactly("messages-unreadable-3-1");
        assertThat(data.resolve("messages-unreadable-3-1").resolve("file")).hasContent("damaged");
        assertThat(stores.asideSince(0)).isEmpty();
    }

    @Test
    void theLiveStoreCanBeDeleted() throws IOException {
        stores.deleteLive();
        live("a");

        stores.deleteLive();

        assertThat(names()).isEmpty();
        assertThat(stores.hasLive()).isFalse();
    }

    @Test
    void storesOfNoEpochAreTold() throws IOException {
        live("a");
        stores.setAside(1);
        assertThat(stores.holdsAsideOfNoEpoch()).isFalse();

        live("b");
        stores.setAside(0);

        assertThat(stores.holdsAsideOfNoEpoch()).isTrue();
    }
}
