package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    private static QueryString read(String query) {
        return QueryString.read(query, "receipthandle", "visibilitytimeout", "metaoverride");
    }

    @Test
    void namesMayBeInAnyCase() {
        assertThat(read("ReceiptHandle=h").find("receipthandle")).contains("h");
        assertThat(read("RECEIPTHANDLE=h").find("receipthandle")).contains("h");
    }

    @Test
    void anUnescapedHandleIsReadWhole() {
        QueryString query = read("ReceiptHandle=1-ODU4Ng==&VisibilityTimeout=50");

        assertThat(query.find("receipthandle")).contains("1-ODU4Ng==");
        assertThat(query.find("visibilitytimeout")).contains("50");
    }

    @Test
    void anEscapedHandleIsDecodedAndAPlusStaysAPlus() {
        assertThat(read("ReceiptHandle=1-a%3D%3d+b%2B%20c").find("receipthandle"))
                .contains("1-a==+b+ c");
    }

    @Test
    void itemsMayBeEmptyOrWithoutValue() {
        assertThat(read("").has("metaoverride")).isFalse();
        assertThat(read("&&metaoverride&").find("metaoverride")).contains("");
        assertThat(read("metaoverride=").find("metaoverride")).contains("");
    }

    @Test
    void aSwitchIsTrueOrFalseInAnyCase() {
        assertThat(read("Metaoverride=True").isTrue("metaoverride")).isTrue();
        assertThat(read("metaOverride=FALSE").isTrue("metaoverride")).isFalse();
        assertThat(read("").isTrue("metaoverride")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metaoverride", "metaoverride=", "metaoverride=maybe", "metaoverride=1"})
    void aSwitchThatSaysNeitherIsRefused(String query) {
        assertThatThrownBy(() -> read(query).isTrue("metaoverride"))
                .hasMessage("Http request URL contains invalid querystring item \"metaoverride\".")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_QUERY_STRING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other=1",
                "=1",
                "receipthandle=a&receipthandle=a",
                "receipthandle=a&ReceiptHandle=b",
                "receipthandle=%",
                "receipthandle=%4",
                "receipthandle=%zz",
                "receipthandle=%%41",
                "receipt%2=a"
            })
    void unknownRepeatedAndBrokenItemsAreRefused(String query) {
        assertThatThrownBy(() -> read(query)).extracting("code").isEqualTo(ErrorCode.INVALID_QUERY_STRING);
    }

    @Test
    void theRefusalNamesTheItem() {
        assertThatThrownBy(() -> read("receipthandle=a&foo=1"))
                .hasMessage("Http request URL contains invalid querystring item \"foo\".");
    }
}
