package io.bida.benchmark.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.AccountId;
import io.bida.message.lifecycle.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {

    @Test
    void bothSignaturesAreAccepted() {
        SignatureBenchmark benchmark = new SignatureBenchmark();
        benchmark.captured();

        assertThat(benchmark.version2()).isEqualTo(new AccountId("1234567890"));
        assertThat(benchmark.version4()).isEqualTo(new AccountId("1234567890"));
    }

    @Test
    void theDocumentsHoldWhatTheyShould() {
        XMLBenchmark benchmark = new XMLBenchmark();
        benchmark.bodyBytes = 200;
        benchmark.make();

        assertThat(benchmark.readSend().messages())
                .singleElement()
                .satisfies(message -> assertThat(message.body().length()).isEqualTo(200));
        assertThat(benchmark.readSendBatch().messages()).hasSize(16);
        assertThat(benchmark.readDeleteBatch()).hasSize(16);
        assertThat(new String(benchmark.writeSent(), UTF_8)).contains("<MessageBodyMD5>");
        assertThat(new String(benchmark.writeReceived(), UTF_8)).contains("<MessageBody>", "<ReceiptHandle>");
        assertThat(new String(benchmark.writeReceivedBatch(), UTF_8).split("<Message>", -1))
                .hasSize(17);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void theDeliveryOrderKeepsItsLengthAndAlwaysHasOneToTake(int waiting) {
        DeliveryOrderBenchmark benchmark = new DeliveryOrderBenchmark();
        benchmark.waiting = waiting;
        benchmark.fill();

        for (int i = 0; i < 5000; i++) {
            assertThat(benchmark.life()).isNotEqualTo(Position.NONE);
            assertThat(benchmark.takeAndReturn()).isNotEqualTo(Position.NONE);
        }
        for (int i = 0; i < 40_000; i++) {
            assertThat(benchmark.takeWhileOthersReturn()).isNotEqualTo(Position.NONE);
        }
    }
}
