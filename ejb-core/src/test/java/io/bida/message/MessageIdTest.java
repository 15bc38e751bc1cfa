package io.bida.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

    private static final MessageId ID = new MessageId(0xA7, 0, 0x0C5A_3F2B_1000_0040L);

    @Test
    void isThreeGroupsOfUpperCaseHexDigits() {
        assertThat(ID).hasToString("00000000000000A7-0-0C5A3F2B10000040");
        assertThat(new MessageId(Long.MAX_VALUE, 0x7ABC, 1)).hasToString("7FFFFFFFFFFFFFFF-7ABC-0000000000000001");
    }

    @Test
    void isReadBackFromItsText() {
        assertThat(MessageId.parse(ID.toString())).contains(ID);
        assertThat(MessageId.parse("7FFFFFFFFFFFFFFF-7ABC-0000000000000001"))
                .contains(new MessageId(Long.MAX_VALUE, 0x7ABC, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "--",
                "00000000000000A7-0",
                "00000000000000A7-0-0C5A3F2B10000040-",
                "00000000000000A7-0-0C5A3F2B10000040-0",
                "00000000000000A7--0C5A3F2B10000040",
                "00000000000000a7-0-0C5A3F2B10000040",
                "00000000000000A7-00-0C5A3F2B10000040",
                "00000000000000A7-0-0c5a3f2b10000040",
                "00000000000000A7-10000-0C5A3F2B10000040",
                "00000000000000A-0-0C5A3F2B10000040",
                "000000000000000A7-0-0C5A3F2B10000040",
                "0000000000000G07-0-0C5A3F2B10000040",
                "00000000000000A7-0-FFFFFFFFFFFFFFFF",
                "FFFFFFFFFFFFFFFF-0-0C5A3F2B10000040",
                "00000000000000A7-FFFF-0C5A3F2B10000040",
                "00000000000000A7 0 0C5A3F2B10000040",
                "５F290C926D472878-2-14D9529A8FA20000",
            })
    void textThatWasNeverAnIdIsNone(String text) {
        assertThat(MessageId.parse(text)).isEmpty();
    }
}
