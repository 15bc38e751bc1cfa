package io.bida.message.delivery;

import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.PeekedMessage;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A look at the best receivable messages of a queue, without any effect. Used within the queue's mailbox only. */
final class Peek {

    private final QueueSteps steps;
    private final List<LocalPartition> partitions;
    private final int maxMessages;
    private final CompletableFuture<List<PeekedMessage>> answer;

    Peek(
            QueueSteps steps,
            List<LocalPartition> partitions,
            int maxMessages,
            CompletableFuture<List<PeekedMessage>> answer) {
        this.steps = steps;
        this.partitions = partitions;
        this.maxMessages = maxMessages;
        this.answer = answer;
    }

    private record Place(LocalPartition partition, long position, int priority) {}

    /** Reads what is there now and answers. */
    void look() {
        List<CompletableFuture<Optional<PeekedMessage>>> looks = new ArrayList<>();
        for (Place place : bestPlaces()) {
            looks.add(look(place));
        }
        steps.whenDone(() -> CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)), (done, failure) -> {
            if (failure != null) {
                steps.refuse(answer, failure);
                return;
            }
            List<PeekedMessage> seen =
                    looks.stream().flatMap(look -> look.join().stream()).toList();
            if (seen.isEmpty()) {
                steps.refuse(answer, new MessageNotExistException());
            } else {
                steps.answer(() -> answer.complete(seen));
            }
        });
    }

    private List<Place> bestPlaces() {
        List<Place> places = new ArrayList<>();
        for (LocalPartition partition : partitions) {
            partition
                    .order()
                    .peekBest(
                            maxMessages, (position, priority) -> places.add(new Place(partition, position, priority)));
        }
        places.sort(Comparator.comparingInt(Place::priority).thenComparingLong(Place::position));
        return places.size() > maxMessages ? places.subList(0, maxMessages) : places;
    }

    private CompletableFuture<Optional<PeekedMessage>> look(Place place) {
        BundleKey key = place.partition().key(Position.bundle(place.position()));
        return steps.store()
                .getBundle(key)
                .thenCombine(steps.store().getDeliveries(key), (bundle, deliveries) -> seen(place, bundle, deliveries))
                .toCompletableFuture();
    }

    private Optional<PeekedMessage> seen(Place place, @Nullable Bundle bundle, @Nullable Deliveries deliveries) {
        int slot = Position.slot(place.position());
        int index = bundle == null ? -1 : bundle.indexOf(slot);
        if (bundle == null || index < 0 || (deliveries != null && !deliveries.isAlive(slot))) {
            return Optional.empty();
        }
        Delivery delivery = deliveries == null ? null : deliveries.delivery(slot);
        long firstDequeuedAt = delivery != null && delivery.dequeueCount() > 0
                ? delivery.firstDequeuedAtMillis()
                : bundle.enqueuedAtMillis();
        return Optional.of(new PeekedMessage(
                new MessageId(steps.queueId(), place.partition().index(), place.position()),
                bundle.body(index),
                bundle.properties(index),
                bundle.priorityOf(index),
                Instant.ofEpochMilli(bundle.enqueuedAtMillis()),
                Instant.ofEpochMilli(firstDequeuedAt),
                delivery == null ? 0 : delivery.dequeueCount()));
    }
}
