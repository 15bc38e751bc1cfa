package io.bida.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Rules about the account's own attributes. */
public interface AccountScenarios extends Scenario {

    /** What the tests of one server share, since they share its account. */
    String ACCOUNT_ATTRIBUTES = "account attributes";

    @Test
    @ResourceLock(ACCOUNT_ATTRIBUTES)
    default void theLoggingBucketIsWhatWasSetLast() throws Exception {
        client().setLoggingBucket("a-bucket");
        String first = client().getLoggingBucket();

        client().setLoggingBucket("another-bucket");

        assertThat(first).isEqualTo("a-bucket");
        assertThat(client().getLoggingBucket()).isEqualTo("another-bucket");
    }

    @Test
    @ResourceLock(ACCOUNT_ATTRIBUTES)
    default void anEmptyLoggingBucketUnsetsIt() throws Exception {
        client().setLoggingBucket("a-bucket");

        client().setLoggingBucket("");

        assertThat(client().getLoggingBucket()).isEmpty();
    }
}
