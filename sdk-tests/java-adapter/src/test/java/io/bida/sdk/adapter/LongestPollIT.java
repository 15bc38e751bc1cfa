package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.mns.client.CloudQueue;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Message;
import io.bida.sdk.ServerUnderTest;
import io.bida.sdk.scenario.Stopwatch;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The longest wait the API allows, which must end before the SDK itself gives up after 40 seconds. */
class LongestPollIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    @Test
    void aReceiveThatWaitsThirtySecondsInVainEndsWithoutAnError() throws Exception {
        MNSClient mns = ThisSdk.connect(SERVER, SERVER.accountEndpoint());
        CloudQueue queue = mns.getQueueRef("longest-" + UUID.randomUUID());
        queue.create();

        Stopwatch stopwatch = Stopwatch.started();
        Message nothing = queue.popMessage(30);

        assertThat(nothing).isNull();
        assertThat(stopwatch.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(38));
        queue.delete();
        mns.close();
    }
}
