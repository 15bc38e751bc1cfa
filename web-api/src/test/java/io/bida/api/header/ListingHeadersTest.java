package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.api.signature.Heads;
import io.bida.error.ErrorCode;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.queue.Marker;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingHeadersTest {

    private static ListingHeaders read(String... headers) {
        return ListingHeaders.read(Heads.head("GET", "/topics", headers), ServiceLimits.STRICT);
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(read()).isEqualTo(new ListingHeaders(new Listing("", Optional.empty(), 1000), false));
    }

    @Test
    void everyWishIsRead() {
        assertThat(read(
                        "x-mns-prefix",
                        "p",
                        "x-mns-marker",
                        "pq",
                        "x-mns-ret-number",
                        " 7 ",
                        "x-mns-with-meta",
                        "True"))
                .isEqualTo(new ListingHeaders(new Listing("p", Optional.of(new Marker("pq")), 7), true));
    }

    @Test
    void anEmptyMarkerIsTheBeginning() {
        assertThat(read("x-mns-marker", "").listing().after()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void aMarkerIsAsLongAsAName(int length) {
        assertThat(read("x-mns-marker", "a".repeat(length)).listing().after()).contains(new Marker("a".repeat(length)));
    }

    @Test
    void aMarkerLongerThanANameIsRefused() {
        assertThatThrownBy(() -> read("x-mns-marker", "a".repeat(256)))
                .hasMessageContaining("cause by x-mns-marker")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "x-mns-ret-number,x",
        "x-mns-ret-number,''",
        "x-mns-ret-number,2147483648",
        "x-mns-with-meta,maybe",
        "x-mns-with-meta,''",
        "x-mns-marker,a/b",
        "x-mns-marker,-a"
    })
    void whatIsNotOfItsTypeIsRefusedByName(String name, String value) {
        assertThatThrownBy(() -> read(name, value))
                .hasMessageContaining("cause by " + name)
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
}
