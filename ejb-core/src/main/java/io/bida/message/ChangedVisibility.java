package io.bida.message;

import java.time.Instant;

/**
 * The answer to a change of visibility.
 *
 * @param receiptHandle another handle for the same receive; the older ones stay good as long
 * @param nextVisibleAt when the message becomes receivable unless deleted
 */
public record ChangedVisibility(ReceiptHandle receiptHandle, Instant nextVisibleAt) {}
