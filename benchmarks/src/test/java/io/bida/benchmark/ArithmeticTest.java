package io.bida.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bida.benchmark.http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rates, percentiles, ratios and costs are calculated. */
class ArithmeticTest {

    private static final LoadCase SEND = LoadCase.parse("produce:32");
    private static final LoadCase BATCH = LoadCase.parse("produce:32:16");
    private static final LoadCase CEILING = LoadCase.parse("ceiling:32");
    private static final LoadCase LIFE = LoadCase.parse("life:32");
    private static final LoadCase LONG_LIFE = LoadCase.parse("life:32:1:1000");

    @Test
    void percentilesAreExactToOneInAThousand() {
        Histogram nanos = Latencies.histogram();
        for (int micros = 1; micros <= 10_000; micros++) {
            nanos.recordValue(micros * 1000L);
        }

        Latencies latencies = Latencies.of(nanos);

        assertThat(latencies.requests()).isEqualTo(10_000);
        assertThat(latencies.p50()).isCloseTo(5_000, within(5.0));
        assertThat(latencies.p99()).isCloseTo(9_900, within(10.0));
        assertThat(latencies.p999()).isCloseTo(9_990, within(10.0));
        assertThat(latencies.max()).isCloseTo(10_000, within(10.0));
        assertThat(latencies.mean()).isCloseTo(5_000, within(5.0));
    }

    @Test
    void aLatencyBeyondTheRangeCountsAsTheLongest() {
        Figures figures = new Figures();

        figures.succeeded(Operation.SEND, 1, Long.MAX_VALUE);

        assertThat(figures.requests()).isEqualTo(1);
    }

    @Test
    void theRateIsOfMessagesNotOfRequests() {
        RunResult result = result(BATCH, 1, 10, 2_000, 16);

        assertThat(result.messagesPerSecond()).isEqualTo(3_200);
        assertThat(result.requestsPerSecond()).isEqualTo(200);
    }

    @Test
    void figuresOfSeveralWorkersAddUp() {
        Figures all = new Figures();
        Figures one = new Figures();
        one.succeeded(Operation.DELETE, 3, 5_000);
        one.failed(Operation.SEND, "503 ServiceUnavailable");
        one.foundNothing();
        one.reconnected(2);

        all.add(one);
        all.add(one);

        assertThat(all.messages(Scenario.LIFE)).isEqualTo(6);
        assertThat(all.errors()).containsEntry("send: 503 ServiceUnavailable", 2L);
        assertThat(all.errorCount()).isEqualTo(2);
        assertThat(all.emptyReceives()).isEqualTo(2);
        assertThat(all.reconnects()).isEqualTo(4);
    }

    @Test
    void aBundleIsCountedByItsFirstMessage() throws IOException {
        Answer sent = new Answer();
        String ids = "<MessageId>00000000000000A7-0-0C5A3F2B10000040</MessageId>"
                + "<MessageId>00000000000000A7-0-0C5A3F2B10000041</MessageId>"
                + "<MessageId>00000000000000A7-0-0C5A3F2B1000007F</MessageId>"
                + "<MessageId>00000000000000A7-0-0C5A3F2B10000080</MessageId>";
        String head = "HTTP/1.1 201 Created\r\nContent-Length: " + ids.length() + "\r\n\r\n";
        sent.read(new ByteArrayInputStream((head + ids).getBytes(StandardCharsets.US_ASCII)));
        Figures figures = new Figures();
        figures.succeeded(Operation.SEND, 4, 1_000);

        figures.bundlesBegun(BundleCount.of(sent));

        assertThat(figures.messagesPerWrite()).isEqualTo(2);
        assertThat(new Figures().messagesPerWrite()).isNaN();
    }

    @Test
    void ratiosComparePerRoundAndGiveTheMedian() {
        List<Ratio> ratios = Ratio.all(List.of(
                result(CEILING, 1, 1, 100, 1),
                result(SEND, 1, 1, 60, 1),
                result(BATCH, 1, 1, 30, 16),
                result(LIFE, 1, 1, 20, 1),
                result(LONG_LIFE, 1, 1, 18, 1),
                result(CEILING, 2, 1, 200, 1),
                result(SEND, 2, 1, 80, 1),
                result(BATCH, 2, 1, 40, 16),
                result(LIFE, 2, 1, 20, 1),
                result(LONG_LIFE, 2, 1, 20, 1)));

        assertThat(ratios)
                .extracting(Ratio::name)
                .containsExactly(
                        "send / ceiling (produce:32:1:0 / ceiling:32:1:0)",
                        "batch of 16 / single send (produce:32:16:0 / produce:32:1:0)",
                        "cost of a life / cost of a send (produce:32:1:0 / life:32:1:0)",
                        "rate with a backlog / without (life:32:1:1000 / life:32:1:0)");
        assertThat(ratios.get(0).byRound()).containsExactly(0.6, 0.4);
        assertThat(ratios.get(0).value()).isEqualTo(0.5);
        assertThat(ratios.get(1).value()).isEqualTo(8);
        assertThat(ratios.get(2).value()).isEqualTo(3.5);
        assertThat(ratios.get(3).value()).isCloseTo(0.95, within(1e-9));
        assertThat(ratios.get(0).byServerCpu()).isCloseTo(140.0 / 300, within(1e-9));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Median.of(List.of(9.0, 1.0, 3.0))).isEqualTo(3);
        assertThat(Median.of(List.of(9.0, 1.0, 3.0, 5.0))).isEqualTo(4);
        assertThat(Median.of(List.of())).isNaN();
    }

    @Test
    void theSummaryDividesTheServersTimeByTheMessages() {
        CaseSummary summary = CaseSummary.of(List.of(result(SEND, 1, 2, 1_000, 1), result(SEND, 2, 2, 3_000, 1)));

        assertThat(summary.messagesPerSecond()).isEqualTo(1_000);
        assertThat(summary.serverCpuSecondsPerThousandMessages()).isCloseTo(0.75, within(1e-9));
        assertThat(summary.serverCores()).isCloseTo(0.75, within(1e-9));
        assertThat(summary.clientCores()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void aCaseIsReadAsItIsWritten() {
        assertThat(LoadCase.parse(LONG_LIFE.label())).isEqualTo(LONG_LIFE);
        assertThat(LoadCase.parse("mixed:8:10")).isEqualTo(new LoadCase(Scenario.MIXED, 8, 10, 0));
    }

    @Test
    void aProcessIsReadEvenIfItsNameHoldsBlanksAndParentheses(@TempDir Path proc) throws IOException {
        Files.writeString(
                proc.resolve("stat"), "42 (java (x) y) S 1 1 1 0 -1 0 0 0 0 0 250 150 0 0 20 0 99 0 12345 0 0\n");
        Files.writeString(proc.resolve("status"), "Name:\tjava\nVmHWM:\t  4096 kB\nVmRSS:\t  2048 kB\n");

        assertThat(ProcessCost.of(proc)).isEqualTo(new ProcessCost(4.0, 2.0, 4.0));
    }

    private static RunResult result(LoadCase loadCase, int round, double seconds, int requests, int messages) {
        Operation operation = switch (loadCase.scenario()) {
            case CEILING -> Operation.CEILING;
            case PRODUCE -> Operation.SEND;
            case CONSUME, MIXED, LIFE -> Operation.DELETE;
        };
        Figures figures = new Figures();
        for (int i = 0; i < requests; i++) {
            figures.succeeded(operation, messages, 1_000_000);
        }
        return new RunResult(
                loadCase, round, seconds, figures, OptionalDouble.of(1.5), OptionalDouble.of(512), 0.5, 1.0);
    }
}
