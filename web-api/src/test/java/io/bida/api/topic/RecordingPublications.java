package io.bida.api.topic;

import io.bida.account.AccountId;
import io.bida.topic.NewPublication;
import io.bida.topic.PublishService;
import io.bida.topic.PublishedMessage;
import io.bida.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Remembers what was published and where; refuses now, or fails later, if a test wants it. */
final class RecordingPublications extends PublishService {

    private static final String ID = "5F290C926D472878-2-14D9529A8FA-200000001";

    final List<TopicName> topics = new ArrayList<>();
    final List<NewPublication> published = new ArrayList<>();
    Optional<RuntimeException> refusal = Optional.empty();
    Optional<RuntimeException> failure = Optional.empty();

    @Override
    public CompletionStage<PublishedMessage> publishMessage(
            AccountId account, TopicName topicName, NewPublication publication) {
        refusal.ifPresent(thrown -> {
            throw thrown;
        });
        topics.add(topicName);
        published.add(publication);
        return failure.map(CompletableFuture::<PublishedMessage>failedStage)
                .orElseGet(() -> CompletableFuture.completedStage(
                        new PublishedMessage(ID, publication.body().md5())));
    }
}
