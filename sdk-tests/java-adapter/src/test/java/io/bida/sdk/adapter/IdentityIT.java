package io.bida.sdk.adapter;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bida.sdk.Operation;
import io.bida.sdk.QueueClient;
import io.bida.sdk.RefusedException;
import io.bida.sdk.ServerUnderTest;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the SDK makes of a key that does not fit. */
class IdentityIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    @Test
    void aWrongSecretIsRefused() {
        try (QueueClient client = clientWith(SERVER.accessKeyId(), "not the secret", SERVER.accountEndpoint())) {
            assertRefused(
                    client, Operation.OTHER, "SignatureDoesNotMatch", () -> client.send("any-queue", aMessage("x")));
            assertRefused(client, Operation.RECEIVE, "SignatureDoesNotMatch", () -> client.receive("any-queue"));
            assertRefused(client, Operation.DELETE, "SignatureDoesNotMatch", () -> client.delete("any-queue", "x"));
        }
    }

    @Test
    void anUnknownAccessKeyIsRefused() {
        try (QueueClient client = clientWith(
                "NoSuchAccessKey", SERVER.accessKeySecret(), SERVER.endpoint().toString())) {
            assertRefused(
                    client, Operation.OTHER, "InvalidAccessKeyId", () -> client.listQueues("", Optional.empty(), 10));
        }
    }

    @Test
    void aHostThatNamesAnotherAccountIsRefused() {
        try (QueueClient client = clientWith(
                SERVER.accessKeyId(),
                SERVER.accessKeySecret(),
                SERVER.accountEndpoint(ServerUnderTest.FOREIGN_ACCOUNT_ID))) {
            assertRefused(client, Operation.OTHER, "AccessDenied", () -> client.listQueues("", Optional.empty(), 10));
        }
    }

    private static QueueClient clientWith(String accessKeyId, String accessKeySecret, String endpoint) {
        ServerUnderTest otherwise =
                new ServerUnderTest(SERVER.endpoint(), SERVER.accountId(), accessKeyId, accessKeySecret);
        return SdkClient.blocking(ThisSdk.connect(otherwise, endpoint));
    }

    private static void assertRefused(QueueClient client, Operation operation, String code, ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);

        assertThat(refused).as("the call is refused").isNotNull();
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(refused.exception()).isEqualTo(client.exceptionFor(operation, code));
    }
}
