package io.bida.limits;

/**
 * The ranges within which requests are accepted, all ends inclusive.
 *
 * <p>Chosen by {@code bida.limits}: {@code strict} (default) answers as the real service does; {@code relaxed} lifts
 * what a self-hosted service need not forbid. Source: limits page of MNS, API 2015-06-06 (wire specification 5.2,
 * 11.1), unless a line says that we chose it.
 *
 * @param minMessageSize lowest value of MaximumMessageSize, in bytes: 1024
 * @param maxMessageSize highest and default value of MaximumMessageSize, in bytes: 65536; relaxed 4 MiB (chosen:
 *     several times what any other queue of this kind takes, and still far below a heap)
 * @param maxBatchBytes the bodies of one batch together, in bytes: 65536; relaxed 16 MiB (chosen)
 * @param maxBatchEntries entries of one batch: 16
 * @param maxDelaySeconds highest delay, in seconds: 604800 (7 days)
 * @param minRetentionSeconds lowest retention, in seconds: 60; relaxed 1 (chosen: tests want it short)
 * @param maxRetentionSeconds highest retention, in seconds: 604800; relaxed 1296000 (what older documents allowed)
 * @param maxVisibilitySeconds highest visibility timeout, in seconds: 43200 (12 hours)
 * @param maxPollingWaitSeconds longest wait of a receive, in seconds: 30
 * @param maxNameLength longest name of a queue, topic or subscription, in characters: 255 (wire specification 5.1:
 *     keeps every client working)
 * @param maxListed most entries of one page of a listing: 1000
 * @param maxQueuesPerAccount queues of one account: 1000; relaxed 1000000 (chosen)
 * @param maxTopicsPerAccount topics of one account: 1000; relaxed 1000000 (chosen)
 * @param maxSubscriptionsPerTopic subscriptions of one topic: 100; relaxed 1000 (chosen: each is written at every
 *     publish)
 */
public record ServiceLimits(
        int minMessageSize,
        int maxMessageSize,
        int maxBatchBytes,
        int maxBatchEntries,
        int maxDelaySeconds,
        int minRetentionSeconds,
        int maxRetentionSeconds,
        int maxVisibilitySeconds,
        int maxPollingWaitSeconds,
        int maxNameLength,
        int maxListed,
        int maxQueuesPerAccount,
        int maxTopicsPerAccount,
        int maxSubscriptionsPerTopic) {

    /** As the real service. */
    public static final ServiceLimits STRICT =
            new ServiceLimits(1024, 65536, 65536, 16, 604800, 60, 604800, 43200, 30, 255, 1000, 1000, 1000, 100);

    /** As much as the implementation can carry. */
    public static final ServiceLimits RELAXED = new ServiceLimits(
            1024, 4 << 20, 16 << 20, 16, 604800, 1, 1296000, 43200, 30, 255, 1000, 1_000_000, 1_000_000, 1000);

    /**
     * The largest request body that is read, in bytes: ten for each byte of a message, enough for one that writes every
     * character as a numeric reference, plus the envelope.
     */
    public int maxRequestBytes() {
        return 10 * Math.max(maxMessageSize, maxBatchBytes) + (64 << 10);
    }
}
