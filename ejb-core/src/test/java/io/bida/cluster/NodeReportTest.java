package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeReportTest {

    private static final String FIRST_RELEASE =
            "010001610400000014687474703a2f2f31302e302e302e313a383038300005312e322e33000000000000ee49000000000000"
                    + "0007000300016100016200016300000002000000000100000000550000010000000000000000000000000300000003000000"
                    + "0001000005000000000000000000200000000000000012c0000000000000400000000000011f71fb04cb";

    private final NodeReport report = ANodeReport.of("a")
            .missing("d", Instant.parse("2026-11-23T12:00:00.123Z"))
            .receiving(3, 170)
            .lackingCopiesOf(4)
            .withHolders(2)
            .build();

    @Test
    void bytesKeepEverything() {
        assertThat(NodeReport.of(report.bytes())).isEqualTo(report);
    }

    @ParameterizedTest
    @EnumSource(NodeState.class)
    void everyStateHasACode(NodeState state) {
        NodeReport some = ANodeReport.of("a").in(state).build();

        assertThat(NodeReport.of(some.bytes()).state()).isEqualTo(state);
    }

    @Test
    void whatALaterReleaseAppendsIsLetBe() {
        byte[] bytes = report.bytes();

        assertThat(NodeReport.of(Arrays.copyOf(bytes, bytes.length + 20))).isEqualTo(report);
    }

    @Test
    void anotherVersionAndACutReportAreRefused() {
        byte[] other = report.bytes();
        other[0] = 2;

        assertThatThrownBy(() -> NodeReport.of(other))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> NodeReport.of(Arrays.copyOf(report.bytes(), 40)))
                .isInstanceOf(UncheckedIOException.class);
    }

    /** It knows no state of a node that leaves, and reads what it knows. */
    @Test
    void theFirstReleaseReadsOfANodeThatLeavesThatItServes() {
        NodeReport leaving = ANodeReport.of("a").in(NodeState.LEAVING).build();
        int firstRelease = HexFormat.of().parseHex(FIRST_RELEASE).length;

        byte[] known = Arrays.copyOf(leaving.bytes(), leaving.bytes().length - Integer.BYTES - 1);

        assertThat(NodeReport.of(known).state()).isEqualTo(NodeState.SERVING);
        assertThat(NodeReport.of(known).segments().holders()).isEqualTo(3);
        assertThat(known).hasSize(firstRelease + leaving.activity().length());
    }

    /** What the first release with reports sends; a later one must go on reading it. */
    @Test
    void bytesOfTheFirstReleaseAreRead() {
        byte[] first = HexFormat.of().parseHex(FIRST_RELEASE);

        assertThat(NodeReport.of(first)).isEqualTo(ANodeReport.of("a").build());
    }
}
