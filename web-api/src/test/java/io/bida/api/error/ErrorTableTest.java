package io.bida.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.error.ErrorCode;
import io.bida.error.InvalidArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the codes in use with the table of the wire specification, 4.2, of which {@code codes.tsv} is a copy. */
class ErrorTableTest {

    record Row(String code, int status, String message) {}

    static Stream<Row> table() throws IOException {
        try (InputStream in = ErrorTableTest.class.getResourceAsStream("/error/codes.tsv")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
            return lines.stream()
                    .map(line -> line.split("\t", 3))
                    .map(columns -> new Row(columns[0], Integer.parseInt(columns[1]), columns[2]));
        }
    }

    static Stream<Row> rowsInUse() throws IOException {
        return table().filter(row -> find(row.code).isPresent());
    }

    private static Optional<ErrorCode> find(String wireName) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.wireName().equals(wireName))
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("rowsInUse")
    void statusAndWordingAreTheTables(Row row) {
        ErrorCode code = find(row.code).orElseThrow();

        assertThat(code.status()).isEqualTo(row.status);
        if (row.code.equals("InvalidArgument")) {
            assertThat(List.of(
                            InvalidArgumentException.causedBy("{Element}").getMessage(),
                            InvalidArgumentException.outOfRange("{Element}", 1, 2, "seconds/bytes")
                                    .getMessage()
                                    .replace("between 1 and 2", "between {Low} and {High}")))
                    .contains(row.message);
        } else if (!row.message.isEmpty()) {
            assertThat(code.template()).isEqualTo(row.message.replace("{item}", "%s"));
        }
    }

    @Test
    void codesThatAreNotInTheTableAreKnownToBeOurs() throws IOException {
        List<String> inTable = table().map(Row::code).toList();
        EnumSet<ErrorCode> ours = EnumSet.allOf(ErrorCode.class);
        ours.removeIf(code -> inTable.contains(code.wireName()));

        assertThat(ours)
                .containsExactlyInAnyOrder(
                        ErrorCode.INVALID_SECURITY_TOKEN,
                        ErrorCode.QUEUE_NUM_EXCEEDED_LIMIT,
                        ErrorCode.TOPIC_NUM_EXCEEDED_LIMIT,
                        ErrorCode.SUBSCRIPTION_NUM_EXCEEDED_LIMIT,
                        ErrorCode.REQUEST_TOO_LARGE,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        ErrorCode.SERVICE_UNAVAILABLE);
    }
}
