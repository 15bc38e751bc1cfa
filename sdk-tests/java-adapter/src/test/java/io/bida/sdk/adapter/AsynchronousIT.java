package io.bida.sdk.adapter;

/** The SDK's asynchronous operations. */
class AsynchronousIT extends SdkIT {

    AsynchronousIT() {
        super(SdkClient.asynchronous(ThisSdk.connect(SERVER, SERVER.accountEndpoint())));
    }
}
