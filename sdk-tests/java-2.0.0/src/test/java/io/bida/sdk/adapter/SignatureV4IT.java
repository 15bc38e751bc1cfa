package io.bida.sdk.adapter;

/** The SDK with signatures of version 4, at an endpoint that names the account. */
class SignatureV4IT extends SdkIT {

    SignatureV4IT() {
        super(SdkClient.blocking(ThisSdk.connectWithSignatureV4(SERVER, SERVER.accountEndpoint())));
    }
}
