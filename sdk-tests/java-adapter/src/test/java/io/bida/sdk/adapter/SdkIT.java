package io.bida.sdk.adapter;

import io.bida.sdk.QueueClient;
import io.bida.sdk.ServerUnderTest;
import io.bida.sdk.scenario.AllScenarios;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** All scenarios through one client of this version of the SDK; a subclass says how it connects. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
abstract class SdkIT implements AllScenarios {

    /** The server that the build started. */
    static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    private final QueueClient client;

    SdkIT(QueueClient client) {
        this.client = client;
    }

    @Override
    public QueueClient client() {
        return client;
    }

    @AfterAll
    void closeTheClient() {
        client.close();
    }
}
