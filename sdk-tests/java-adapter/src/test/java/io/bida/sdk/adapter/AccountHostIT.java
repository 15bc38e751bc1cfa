package io.bida.sdk.adapter;

/** The SDK with an endpoint as the real service has them: the host names the account. */
class AccountHostIT extends SdkIT {

    AccountHostIT() {
        super(SdkClient.blocking(ThisSdk.connect(SERVER, SERVER.accountEndpoint())));
    }
}
