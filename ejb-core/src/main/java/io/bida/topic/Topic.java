package io.bida.topic;

import io.bida.account.AccountId;
import java.time.Instant;

/**
 * A topic as the data path knows it: one immutable picture of its row in the catalogue.
 *
 * @param id unique for ever, also when a topic of the same name is created again after deletion
 * @param accountId the owner
 * @param name unique within the account
 * @param attributes how it treats its messages now
 * @param createdAt when it was created, whole seconds on the wire
 * @param lastModifiedAt when its attributes last changed, whole seconds on the wire
 */
public record Topic(
        long id,
        AccountId accountId,
        TopicName name,
        TopicAttributes attributes,
        Instant createdAt,
        Instant lastModifiedAt) {}
