package io.bida.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person on duty reads after an ordinary start: nothing to act on. */
class StartLogIT {

    /** The server's own code of "started in … ms". */
    private static final String STARTED = "WFLYSRV0025";

    @Test
    void anOrdinaryStartLogsNoWarningAndNoError() throws IOException {
        Path log = ServerUnderTest.data().resolve("server/log/server.log");

        List<String> lines = Files.readAllLines(log);
        List<String> start =
                lines.stream().takeWhile(line -> !line.contains(STARTED)).toList();

        assertThat(lines).as("%s up to the end of the start", log).hasSizeGreaterThan(start.size());
        assertThat(start).isNotEmpty().allMatch(line -> line.contains(" INFO "));
        assertThat(ServerUnderTest.data().resolve("server/log/start.log")).isEmptyFile();
    }
}
