package io.bida.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.AccountId;
import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private final Queue<Runnable> shortAnswers = new ArrayDeque<>();
    private final Queue<Runnable> longAnswers = new ArrayDeque<>();
    private final SignedRequest request = new SignedRequest(
            Heads.head("GET", "/queues/q/messages"),
            new AccountId("1234567890123456"),
            new byte[0],
            () -> true,
            shortAnswers::add,
            longAnswers::add);
    private final CompletableFuture<byte[]> outcome = new CompletableFuture<>();
    private final CompletableFuture<Response> answer =
            Answers.later(request, outcome, Answers::ok).toCompletableFuture();

    @Test
    void theCoreDoesNotMakeTheAnswer() {
        outcome.complete(new byte[1]);

        assertThat(answer).isNotDone();
        assertThat(shortAnswers).hasSize(1);
    }

    @Test
    void aShortAnswerIsSentByTheThreadThatMadeIt() {
        outcome.complete(new byte[8192]);
        shortAnswers.remove().run();

        assertThat(answer).isCompletedWithValueMatching(response -> response.getStatus() == 200);
        assertThat(longAnswers).isEmpty();
    }

    @Test
    void aLongAnswerIsSentByAThreadThatMayWait() {
        outcome.complete(new byte[8193]);
        shortAnswers.remove().run();

        assertThat(answer).isNotDone();
        longAnswers.remove().run();
        assertThat(answer).isCompletedWithValueMatching(response -> response.getStatus() == 200);
    }

    @Test
    void aFailureIsAnsweredToo() {
        outcome.completeExceptionally(new ServiceUnavailableException("on purpose"));
        shortAnswers.remove().run();

        assertThat(answer).isCompletedWithValueMatching(response -> response.getStatus() == 503);
    }
}
