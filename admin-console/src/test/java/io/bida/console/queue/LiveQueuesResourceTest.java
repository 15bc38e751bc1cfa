package io.bida.console.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.ConsoleTester;
import io.bida.error.ServiceUnavailableException;
import io.bida.queue.QueueStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveQueuesResourceTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.ACCOUNT_OWNER);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void givesTheCountsAndWhenTheyWereTaken() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "demo", new QueueStatistics(1, 2, 3));

        tester.open("live/queues");

        assertThat(tester.answer())
                .isEqualTo("{\"takenAt\":\"2026-11-23T12:00:00Z\",\"queues\":"
                        + "[{\"name\":\"demo\",\"visible\":1,\"inFlight\":2,\"delayed\":3}]}");
        assertThat(tester.getLastResponse().getContentType()).startsWith("application/json");
        assertThat(tester.getLastResponse().getHeader("Cache-Control")).contains("no-store");
    }

    @Test
    void givesTheSamePartAsThePageWithOneCall() {
        IntStream.rangeClosed(1, 30)
                .forEach(i -> tester.queues()
                        .addQueue(ConsoleTester.ACCOUNT, "queue-%03d".formatted(i), QueueStatistics.EMPTY));

        tester.open("live/queues?prefix=queue-0&after=queue-020");

        assertThat(tester.answer()).contains("queue-021").doesNotContain("queue-020");
        assertThat(tester.queues().calls()).isEqualTo(1);
    }

    @Test
    void addressOnThePageIsTheResource() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "demo", QueueStatistics.EMPTY);
        tester.open("queues?prefix=d");

        assertThat(tester.valuesOf("data-live"))
                .containsExactly("./live/queues?account=" + ConsoleTester.ACCOUNT + "&amp;prefix=d");
    }

    @Test
    void tellsWhoIsNotSignedInThatTheyAreNot() {
        tester.session().signOut();

        tester.open("live/queues");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(401);
        assertThat(tester.queues().calls()).isZero();
    }

    @Test
    void refusesAnotherAccount() {
        tester.open("live/queues?account=" + ConsoleTester.OTHER_ACCOUNT);

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(403);
        assertThat(tester.queues().calls()).isZero();
    }

    @Test
    void saysSoWhenThereAreNoCounts() {
        tester.queues().refuseWith(new ServiceUnavailableException("starting"));

        tester.open("live/queues");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(503);
    }
}
