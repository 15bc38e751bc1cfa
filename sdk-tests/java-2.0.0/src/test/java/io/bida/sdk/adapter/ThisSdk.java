package io.bida.sdk.adapter;

import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.client.MNSClientBuilder;
import com.aliyun.mns.common.auth.SignVersion;
import com.aliyun.mns.common.http.ClientConfiguration;
import com.aliyun.mns.model.AccountAttributes;
import io.bida.sdk.Operation;
import io.bida.sdk.ServerUnderTest;
import java.util.Set;

/** What is particular to version 2.0.0 of the SDK. */
final class ThisSdk {

    /** Errors of a receive that stay a ServiceException; every other one the caller is forced to handle. */
    private static final Set<String> NOT_WRAPPED = Set.of("QueueNotExist", "TimeExpired");

    private ThisSdk() {}

    /** A client with the server's key and the SDK's default, a signature of version 2. */
    static MNSClient connect(ServerUnderTest server, String endpoint) {
        return connect(server, endpoint, new ClientConfiguration());
    }

    /** A client whose signatures are of version 4. */
    static MNSClient connectWithSignatureV4(ServerUnderTest server, String endpoint) {
        ClientConfiguration configuration = new ClientConfiguration();
        configuration.setSignatureVersion(SignVersion.V4);
        return connect(server, endpoint, configuration);
    }

    private static MNSClient connect(ServerUnderTest server, String endpoint, ClientConfiguration configuration) {
        return MNSClientBuilder.create()
                .accessKeyId(server.accessKeyId())
                .accessKeySecret(server.accessKeySecret())
                .accountEndpoint(endpoint)
                .region(ServerUnderTest.REGION)
                .clientConfiguration(configuration)
                .build();
    }

    static AccountAttributes getAccountAttributes(MNSClient mns) {
        return mns.getAccountAttributes();
    }

    static void setAccountAttributes(MNSClient mns, AccountAttributes attributes) {
        mns.setAccountAttributes(attributes);
    }

    /** The exception class of a blocking call: from receives and deletes most errors come in a checked exception. */
    static String exceptionFor(Operation operation, String code) {
        return switch (operation) {
            case OTHER -> "ServiceException";
            case RECEIVE -> NOT_WRAPPED.contains(code) ? "ServiceException" : "ServiceHandlingRequiredException";
            case DELETE, DELETE_BATCH -> "ServiceHandlingRequiredException";
        };
    }
}
