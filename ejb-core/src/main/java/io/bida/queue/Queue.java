package io.bida.queue;

import io.bida.account.AccountId;
import java.time.Instant;

/**
 * A queue as the data path knows it: one immutable picture of its row in the catalogue.
 *
 * @param id unique for ever, also when a queue of the same name is created again after deletion
 * @param accountId the owner
 * @param name unique within the account
 * @param attributes how it treats its messages now
 * @param partitions into how many units of order it is split, fixed when it was created: 1 on a single node
 * @param createdAt when it was created, whole seconds on the wire
 * @param lastModifiedAt when its attributes last changed, whole seconds on the wire
 */
public record Queue(
        long id,
        AccountId accountId,
        QueueName name,
        QueueAttributes attributes,
        int partitions,
        Instant createdAt,
        Instant lastModifiedAt) {}
