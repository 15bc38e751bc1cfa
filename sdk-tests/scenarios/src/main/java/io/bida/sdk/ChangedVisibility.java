package io.bida.sdk;

import java.time.Instant;

/** The answer to a change of a message's visibility. */
public record ChangedVisibility(String receiptHandle, Instant nextVisibleAt) {}
