package io.bida.console.component;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a service answers later, for as long as a person would. */
public final class Answers {

    /** 5 seconds. Chosen: longer than any healthy answer, shorter than a person's patience with an empty window. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Answers() {}

    /**
     * The answer.
     *
     * @throws ServiceUnavailableException if it takes more than 5 seconds (ServiceUnavailable)
     * @throws ServiceException if the service refuses
     */
    public static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ServiceUnavailableException("the counts are still being read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("the request was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("a service failed", e.getCause());
        }
    }
}
