package io.bida.it.inside;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.queue.QueueService;
import java.time.Clock;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A test inside the server gets the beans of the running application, not copies of its own. */
@ArquillianTest
class RunningBeansIT {

    @Deployment
    static WebArchive archive() {
        return InsideArchive.of(RunningBeansIT.class);
    }

    @Test
    void sessionBeansAreThoseOfTheRunningApplication() {
        QueueService queues = RunningBeans.bean(QueueService.class);

        assertThat(queues.getClass().getClassLoader().toString()).contains("bida.ear");
    }

    @Test
    void producedBeansAreThoseOfTheRunningApplication() {
        Clock clock = RunningBeans.bean(Clock.class);

        assertThat(clock.getZone().getId()).isEqualTo("Z");
    }
}
