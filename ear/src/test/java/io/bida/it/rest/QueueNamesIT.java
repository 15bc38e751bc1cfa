package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a queue may have. Wire specification 5.1; RELIABILITY 4.3 rows 23 and 24. */
@Execution(ExecutionMode.CONCURRENT)
class QueueNamesIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @ParameterizedTest
    @ValueSource(ints = {119, 120, 121, 254, 255})
    void lengthsUpTo255AreAccepted(int length) {
        String name = padded(length);

        server.call(server.put("/queues/" + name)).assertStatus(201);

        assertThat(server.call(server.get("/queues/" + name)).assertStatus(200).value("QueueName"))
                .isEqualTo(name);
    }

    @Test
    void oneCharacterIsEnough() {
        String name = server.toBeDeleted("z");
        server.call(server.delete("/queues/" + name)).assertStatus(204);

        server.call(server.put("/queues/" + name)).assertStatus(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257, 1000})
    void longerNamesAreRefused(int length) {
        server.call(server.put("/queues/" + "a".repeat(length))).assertError(400, "QueueNameLengthError");
    }

    @Test
    void noNameAtAllIsRefused() {
        Answer answer = server.call(server.put("/queues/"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("QueueNameLengthError", "InvalidRequestURL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-a",
                "a_b",
                "a.b",
                "a%20b",
                "a+b",
                "a%3Cx%3E",
                "%C3%A4",
                "%E4%B8%AD",
                "%F0%9F%98%80",
                "a%0d%0aX-Injected:1",
                "a%22b",
                "a*",
                "a~b",
                "a:b",
                "a@b",
                "a%E2%80%8Bb"
            })
    void aWrongCharacterIsRefusedAndInjectsNothing(String name) {
        Answer answer = server.call(server.put("/queues/" + name));

        answer.assertError(400, "InvalidQueueName");
        assertThat(answer.raw().header("X-Injected")).isEmpty();
        server.call(server.post("/queues/" + name + "/messages").body(Documents.message("a")))
                .assertError(400, "InvalidQueueName");
    }

    @Test
    void aNameMayBeginWithADigitAndEndWithAHyphen() {
        String name = server.toBeDeleted("1" + server.freshName("digit") + "-");

        server.call(server.put("/queues/" + name)).assertStatus(201);
    }

    @Test
    void namesDifferByLetterCase() {
        String lower = server.freshName("case");
        String upper = server.toBeDeleted(lower.toUpperCase(Locale.ROOT));

        server.call(server.put("/queues/" + lower)).assertStatus(201);
        server.call(server.get("/queues/" + upper)).assertError(404, "QueueNotExist");
        server.call(server.put("/queues/" + upper)).assertStatus(201);
    }

    private String padded(int length) {
        String start = server.freshName("length");
        return server.toBeDeleted(start + "x".repeat(length - start.length()));
    }
}
