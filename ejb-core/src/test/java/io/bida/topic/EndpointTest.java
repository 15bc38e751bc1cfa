package io.bida.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.queue.QueueName;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void everyFormIsRead() {
        assertThat(Endpoint.parse("HTTP://h.example:8080/p?q=1"))
                .isEqualTo(new Endpoint.Http("HTTP://h.example:8080/p?q=1", URI.create("HTTP://h.example:8080/p?q=1")));
        assertThat(Endpoint.parse("https://[2001:db8::1]/"))
                .isEqualTo(new Endpoint.Http("https://[2001:db8::1]/", URI.create("https://[2001:db8::1]/")));
        assertThat(Endpoint.parse("acs:mns:0:127:queues/q-1"))
                .isEqualTo(new Endpoint.ToQueue("acs:mns:0:127:queues/q-1", "127", new QueueName("q-1")));
        assertThat(Endpoint.parse("mail:directmail:a@b.example"))
                .isEqualTo(new Endpoint.Mail("mail:directmail:a@b.example", "a@b.example"));
        assertThat(Endpoint.parse("sms:directsms:anonymous"))
                .isEqualTo(new Endpoint.ShortMessage("sms:directsms:anonymous", Optional.empty()));
        assertThat(Endpoint.parse("sms:directsms:+8613800000000"))
                .isEqualTo(new Endpoint.ShortMessage("sms:directsms:+8613800000000", Optional.of("+8613800000000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h.example",
                "ftp://h.example/",
                "file:///etc/passwd",
                "gopher://h/",
                "jar:http://h/a.jar!/",
                "http://",
                "http:///path",
                "http://h.example:0/",
                "http://h.example:65536/",
                "http://h.example:port/",
                "http://user@h.example/",
                "http://user:pass@h.example/",
                "http://h.example/#part",
                "http://h.example/a b",
                "http://h.example/\r\nX: y",
                "http://exämple/",
                "http://under_score.example/",
                "acs:mns:r:1:topics/t",
                "acs:mns:r:1:queues/",
                "acs:mns:r:1:queues/a/b",
                "acs:mns:r:queues/q",
                "mail:directmail:",
                "mail:directmail:nobody",
                "mail:directmail:a@b@c",
                "mail:directmail:@b",
                "sms:directsms:",
                "sms:directsms:12a",
                "sms:directsms:123456789012345678901",
                "sms:dayu:x",
                "push:app"
            })
    void whatHasNoneOfTheFormsIsRefused(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(InvalidEndpointException.class);
    }

    @Test
    void theLongestIs2048Characters() {
        String longest = "http://h.example/" + "x".repeat(2048 - 17);

        assertThat(Endpoint.parse(longest).text()).isEqualTo(longest);
        assertThatThrownBy(() -> Endpoint.parse(longest + "x")).isInstanceOf(InvalidEndpointException.class);
    }
}
