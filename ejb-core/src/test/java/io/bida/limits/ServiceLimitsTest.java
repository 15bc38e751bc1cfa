package io.bida.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceLimitsTest {

    @Test
    void relaxedForbidsNothingThatStrictAllows() {
        ServiceLimits strict = ServiceLimits.STRICT;
        ServiceLimits relaxed = ServiceLimits.RELAXED;

        assertThat(relaxed.minMessageSize()).isLessThanOrEqualTo(strict.minMessageSize());
        assertThat(relaxed.maxMessageSize()).isGreaterThanOrEqualTo(strict.maxMessageSize());
        assertThat(relaxed.maxBatchBytes()).isGreaterThanOrEqualTo(strict.maxBatchBytes());
        assertThat(relaxed.maxBatchEntries()).isGreaterThanOrEqualTo(strict.maxBatchEntries());
        assertThat(relaxed.maxDelaySeconds()).isGreaterThanOrEqualTo(strict.maxDelaySeconds());
        assertThat(relaxed.minRetentionSeconds()).isLessThanOrEqualTo(strict.minRetentionSeconds());
        assertThat(relaxed.maxRetentionSeconds()).isGreaterThanOrEqualTo(strict.maxRetentionSeconds());
        assertThat(relaxed.maxVisibilitySeconds()).isGreaterThanOrEqualTo(strict.maxVisibilitySeconds());
        assertThat(relaxed.maxPollingWaitSeconds()).isGreaterThanOrEqualTo(strict.maxPollingWaitSeconds());
        assertThat(relaxed.maxQueuesPerAccount()).isGreaterThanOrEqualTo(strict.maxQueuesPerAccount());
    }

    @Test
    void requestOfTheLargestBatchFitsEvenIfEveryCharacterIsEscaped() {
        assertThat(ServiceLimits.STRICT.maxRequestBytes()).isGreaterThan("&quot;".length() * 65536);
    }
}
