package io.bida.sdk.adapter;

/** The SDK with signatures of version 4, at an address and a port. */
class SignatureV4PlainEndpointIT extends SdkIT {

    SignatureV4PlainEndpointIT() {
        super(SdkClient.blocking(
                ThisSdk.connectWithSignatureV4(SERVER, SERVER.endpoint().toString())));
    }
}
