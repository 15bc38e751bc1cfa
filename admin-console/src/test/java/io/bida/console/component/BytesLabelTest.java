package io.bida.console.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesLabelTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, '1,023 B'",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "536870912, 512 MiB",
        "12884901888, 12 GiB",
        "13300000000, 12.4 GiB",
        "1605590000000, 1.46 TiB",
        "9223372036854775807, 8 EiB"
    })
    void amountIsInTheLargestUnitThatLeavesOne(long bytes, String text) {
        assertThat(BytesLabel.format(bytes, Locale.US)).isEqualTo(text.replace(' ', '\u00a0'));
    }

    @Test
    void digitsAreThoseOfTheLanguage() {
        assertThat(BytesLabel.format(1536, Locale.GERMANY)).isEqualTo("1,5\u00a0KiB");
    }
}
