package io.bida.sdk.scenario;

/** The whole set that a client library is run through. */
public interface AllScenarios
        extends QueueScenarios,
                QueueListScenarios,
                MessageScenarios,
                MessageBodyScenarios,
                OrderScenarios,
                DelayScenarios,
                BatchScenarios,
                PeekScenarios,
                VisibilityScenarios,
                LongPollScenarios,
                AccountScenarios {}
