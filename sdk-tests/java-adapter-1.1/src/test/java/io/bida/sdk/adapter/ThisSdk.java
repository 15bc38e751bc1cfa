package io.bida.sdk.adapter;

import com.aliyun.mns.client.CloudAccount;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.AccountAttributes;
import io.bida.sdk.Operation;
import io.bida.sdk.ServerUnderTest;

/** What is particular to the 1.1.x line of the SDK. */
final class ThisSdk {

    private ThisSdk() {}

    /** A client with the server's key; signatures are of version 2, the only one this line knows. */
    static MNSClient connect(ServerUnderTest server, String endpoint) {
        return new CloudAccount(server.accessKeyId(), server.accessKeySecret(), endpoint).getMNSClient();
    }

    static AccountAttributes getAccountAttributes(MNSClient mns) {
        return mns.GetAccountAttributes();
    }

    static void setAccountAttributes(MNSClient mns, AccountAttributes attributes) {
        mns.SetAccountAttributes(attributes);
    }

    /** The exception class of a blocking call: this line wraps nothing. */
    static String exceptionFor(Operation operation, String code) {
        return operation == Operation.DELETE_BATCH ? "BatchDeleteException" : "ServiceException";
    }
}
