package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/xml",
                "text/xml;charset=UTF-8",
                "text/xml; charset=utf-8",
                "Text/XML;Charset=\"utf-8\"",
                "application/xml",
                "application/xml; charset=UTF-8",
                "text/xml;q=1"
            })
    void whatClientsSendIsRead(String type) {
        assertThat(ContentType.isReadable(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/xmlx", "text/html", "application/json", "text/xml;charset=gbk", ";text/xml"})
    void otherTypesAreNot(String type) {
        assertThat(ContentType.isReadable(type)).isFalse();
    }
}
