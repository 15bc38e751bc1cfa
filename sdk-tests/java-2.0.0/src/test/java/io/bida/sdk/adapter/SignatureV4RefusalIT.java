package io.bida.sdk.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.common.ServiceException;
import io.bida.sdk.ServerUnderTest;
import org.junit.jupiter.api.Test;

/** A signature of version 4 that does not fit. */
class SignatureV4RefusalIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    @Test
    void aWrongSecretIsRefused() {
        ServerUnderTest wrongSecret =
                new ServerUnderTest(SERVER.endpoint(), SERVER.accountId(), SERVER.accessKeyId(), "not the secret");
        MNSClient mns = ThisSdk.connectWithSignatureV4(wrongSecret, SERVER.accountEndpoint());

        ServiceException refused = catchThrowableOfType(
                ServiceException.class, () -> mns.getQueueRef("any-queue").create());

        assertThat(refused.getErrorCode()).isEqualTo("SignatureDoesNotMatch");
        mns.close();
    }
}
