package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the service answered to one request, with the checks that tests keep asking for. */
public final class Answer {

    private final WireRequest request;
    private final RawResponse raw;
    private final long sentAt;
    private final long readAt;

    /**
     * An answer to this request.
     *
     * @param sentAt {@link System#nanoTime} before the first byte went out
     * @param readAt {@link System#nanoTime} after the last byte came in
     */
    Answer(WireRequest request, RawResponse raw, long sentAt, long readAt) {
        this.request = request;
        this.raw = raw;
        this.sentAt = sentAt;
        this.readAt = readAt;
    }

    public RawResponse raw() {
        return raw;
    }

    public int status() {
        return raw.status();
    }

    /** From the first byte sent to the last byte read. */
    public Duration elapsed() {
        return Duration.ofNanos(readAt - sentAt);
    }

    /** From the first byte of another request to the last byte of this answer. */
    public Duration since(Answer other) {
        return Duration.ofNanos(readAt - other.sentAt);
    }

    /** Fails the test unless the status is this one. */
    public Answer assertStatus(int expected) {
        assertThat(status()).as("status of %s, answered by%n%s%n", request, raw).isEqualTo(expected);
        return this;
    }

    /** Fails the test unless this is the error with that status and code, in the form of specification 4.1. */
    public Answer assertError(int status, String code) {
        assertThat(List.of(status() + "", raw.text().isEmpty() ? "" : errorCode()))
                .as("status and code of %s, answered by%n%s%n", request, raw)
                .containsExactly(status + "", code);
        assertThat(xml().names())
                .as("children of the error %s", raw.text())
                .startsWith("Code", "Message", "RequestId", "HostId");
        return this;
    }

    /** Fails the test unless this is an InvalidArgument whose text names that element. */
    public Answer assertInvalidArgument(String element) {
        assertError(400, "InvalidArgument");
        assertThat(value("Message")).as("text of %s", request).contains(element);
        return this;
    }

    /** The code of a single error; empty if this is something else. */
    public String errorCode() {
        XmlElement root = xml();
        return root.name().equals("Error")
                ? root.find("Code").map(XmlElement::text).orElse("")
                : "";
    }

    /** The root element. */
    public XmlElement xml() {
        assertThat(raw.body()).as("body of the answer to %s: %s", request, raw).isNotEmpty();
        return XmlElement.parse(raw.body());
    }

    /** The text of a child of the root. */
    public String value(String child) {
        return xml().value(child);
    }

    /** A child of the root read as a number. */
    public long number(String child) {
        return xml().number(child);
    }

    /** The value of the header with exactly this name, letter case included. */
    public Optional<String> header(String name) {
        return raw.headerExactly(name);
    }

    @Override
    public String toString() {
        return request + " -> " + raw;
    }
}
