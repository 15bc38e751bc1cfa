package io.bida.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.message.MessageBody;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicationTest {

    @Test
    void versionOneIsReadAsItWasWrittenOnce() {
        byte[] stored = HexFormat.of()
                .parseHex("01" + "00024944" + "0003746167" + "00000000000003e8" + "0001" + "0002444d" + "00000002"
                        + "7b7d" + "626f6479");

        Publication publication = Publication.ofStored(MessageBody.ofBytes(stored));

        assertThat(publication)
                .isEqualTo(new Publication(
                        "ID",
                        Optional.of(new Tag("tag")),
                        Instant.ofEpochMilli(1000),
                        Map.of("DM", "{}"),
                        MessageBody.of("body")));
        assertThat(publication.toStored().bytes()).isEqualTo(stored);
    }

    @Test
    void attributesAsLongAsAMessageKeepTheirOrder() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("Push", "{\"a\":\"" + "邮".repeat(60_000) + "\"}");
        attributes.put("DirectMail", "{}");
        Publication publication =
                new Publication("ID", Optional.empty(), Instant.EPOCH, attributes, MessageBody.of("b"));

        Publication read = Publication.ofStored(publication.toStored());

        assertThat(read).isEqualTo(publication);
        assertThat(read.attributes().keySet()).containsExactly("Push", "DirectMail");
    }

    @Test
    void otherVersionsAndCutOnesAreRefused() {
        byte[] stored = new Publication("ID", Optional.empty(), Instant.EPOCH, Map.of(), MessageBody.of("b"))
                .toStored()
                .bytes();
        byte[] newer = stored.clone();
        newer[0] = 2;

        assertThatThrownBy(() -> Publication.ofStored(MessageBody.ofBytes(newer)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Publication.ofStored(MessageBody.ofBytes(java.util.Arrays.copyOf(stored, 5))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
