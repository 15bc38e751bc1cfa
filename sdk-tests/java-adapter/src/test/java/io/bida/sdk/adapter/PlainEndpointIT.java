package io.bida.sdk.adapter;

/** The SDK with an address and a port as its endpoint: the access key alone tells the account. */
class PlainEndpointIT extends SdkIT {

    PlainEndpointIT() {
        super(SdkClient.blocking(ThisSdk.connect(SERVER, SERVER.endpoint().toString())));
    }
}
