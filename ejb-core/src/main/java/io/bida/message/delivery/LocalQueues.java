package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageNotExistException;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceivedMessage;
import io.bida.message.store.MessageStore;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueDeleted;
import io.bida.queue.QueueDeletedElsewhere;
import io.bida.queue.QueueNotExistException;
import io.bida.queue.QueueStatistics;
import io.bida.time.MonotonicTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every queue that this node serves, each made on its first use. Safe for use by any thread.
 *
 * <p>Serves between {@link #start} and {@link #stop}; outside of that it answers that it is unavailable.
 */
@ApplicationScoped
public class LocalQueues implements QueueParts {

    private static final Logger LOG = Logger.getLogger(LocalQueues.class);

    /**
     * When it is looked again for stored messages that could not be led, in milliseconds: 5000, our choice; the
     * catalogue knows a queue that another node made at once as a rule, and else within half a minute.
     */
    private static final long LOOK_AGAIN_MILLIS = 5_000;

    @Inject
    QueueCatalogue catalogue;

    @Inject
    Clock clock;

    MonotonicTime monotonic = MonotonicTime.SYSTEM;

    private final ConcurrentHashMap<Long, LocalQueue> queues = new ConcurrentHashMap<>();
    private final LongAdder messages = new LongAdder();
    private volatile @Nullable DeliveryServices services;
    private volatile Consumer<String> whenUnreadable = reason -> LOG.debugf("The node goes on: %s", reason);

    private final AtomicBoolean queuesToTell = new AtomicBoolean();
    private final AtomicBoolean segmentsToLookAt = new AtomicBoolean();

    /** The store's segments that this node leads and has looked through. */
    private BitSet segmentsLed = new BitSet();

    /** Queues that were found in them and could not be served yet, most because they are too new for the catalogue. */
    private final Set<Long> foundTooEarly = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean willLookAgain = new AtomicBoolean();

    /** From the start on, this is told why when the disk cannot be read; without, the queues concerned are closed. */
    void whenUnreadable(Consumer<String> listener) {
        whenUnreadable = listener;
    }

    /**
     * Begins to serve, and begins to read again the messages of every queue that has any.
     *
     * @param leaders says what this node leads, and when that changes
     * @param others the other nodes
     * @param executor runs answers
     * @param scans reads stored messages again; must not be the executor that completes writes
     */
    void start(
            MessageStore store,
            PartitionLeaders leaders,
            OtherNodes others,
            ReceiptHandles handles,
            ScheduledExecutorService scheduler,
            Executor executor,
            Executor scans) {
        services = new DeliveryServices(
                store,
                leaders,
                others,
                new ScarceDisks(leaders, monotonic),
                handles,
                clock,
                monotonic,
                new Deadlines(clock::millis, scheduler),
                new Deadlines(monotonic::millis, scheduler),
                executor,
                scans,
                messages,
                whenUnreadable);
        leaders.onChange(() -> {
            // Apart: the scans that a change brings may keep their threads busy for minutes.
            runSoon(executor, queuesToTell, this::tellQueues);
            runSoon(scans, segmentsToLookAt, this::leadWhatIsStored);
        });
        scans.execute(() -> {
            leadWhatIsStored();
            dropDeletedQueues(store);
        });
    }

    /**
     * Begins to read what is stored in the segments that this node leads now and did not lead before, and what could
     * not be read when it was found.
     */
    private synchronized void leadWhatIsStored() {
        DeliveryServices serving = services;
        if (serving == null) {
            return;
        }
        BitSet now = serving.leaders().segmentsHere();
        BitSet gained = (BitSet) now.clone();
        gained.andNot(segmentsLed);
        segmentsLed.and(now);
        try {
            foundTooEarly.addAll(serving.store().storedQueues(gained));
            segmentsLed = now;
        } catch (RuntimeException e) {
            LOG.warnf(e, "%d segments cannot be looked through for stored messages yet", gained.cardinality());
        }
        foundTooEarly.removeIf(this::isServedOrDeleted);
        boolean isComplete = foundTooEarly.isEmpty() && segmentsLed.equals(now);
        if (!isComplete && willLookAgain.compareAndSet(false, true)) {
            serving.waits().wakeAt(serving.monotonic().millis() + LOOK_AGAIN_MILLIS, () -> {
                willLookAgain.set(false);
                runSoon(serving.scans(), segmentsToLookAt, this::leadWhatIsStored);
            });
        }
    }

    private boolean isServedOrDeleted(long id) {
        try {
            Optional<Queue> queue = catalogue.findQueue(id);
            queue.ifPresent(this::localQueue);
            return queue.isPresent();
        } catch (QueueNotExistException e) {
            LOG.debugf("Queue %d was deleted before its messages were read", id);
            return true;
        } catch (ServiceUnavailableException e) {
            LOG.debugf("Queue %d has messages here and is not served: %s", id, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.warnf(e, "Queue %d has messages here and cannot be served yet", id);
            return false;
        }
    }

    /** Runs it unless it is to run anyway: a change of owners has several steps, and a later look sees them all. */
    private static void runSoon(Executor executor, AtomicBoolean isComing, Runnable step) {
        if (!isComing.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> {
                isComing.set(false);
                step.run();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The node is stopping, so it leads nothing new");
        }
    }

    /** Costs a look at each queue in use, and no reading but the last number of each partition gained. */
    private void tellQueues() {
        queues.values().forEach(LocalQueue::leadershipChanged);
    }

    /** Ends every wait of now as an empty receive; receives that come later may wait. */
    void endWaits() {
        queues.values().forEach(LocalQueue::endWaits);
    }

    /**
     * Ends every wait as an empty receive, and refuses whatever comes as unavailable. What is being written is still
     * acknowledged.
     */
    public void stop() {
        DeliveryServices stopping = services;
        services = null;
        if (stopping != null) {
            stopping.deadlines().close();
            stopping.waits().close();
        }
        ServiceUnavailableException unavailable = new ServiceUnavailableException("the node is stopping");
        queues.values().forEach(queue -> queue.close(unavailable, new MessageNotExistException()));
        queues.clear();
    }

    /**
     * The part of the queue that this node serves.
     *
     * @throws QueueNotExistException if the queue was deleted meanwhile (QueueNotExist)
     * @throws ServiceUnavailableException while the node does not serve (ServiceUnavailable)
     */
    LocalQueue localQueue(Queue queue) {
        LocalQueue known = queues.get(queue.id());
        return known != null ? known : made(queue);
    }

    /**
     * The part of the queue with this id that this node serves.
     *
     * @throws QueueNotExistException if there is none (QueueNotExist)
     * @throws ServiceUnavailableException while the node does not serve (ServiceUnavailable)
     */
    LocalQueue localQueue(long id) {
        LocalQueue known = queues.get(id);
        if (known != null) {
            return known;
        }
        if (services == null) {
            throw new ServiceUnavailableException("the node is starting or stopping");
        }
        return made(catalogue.findQueue(id).orElseThrow(QueueNotExistException::new));
    }

    /** A node of the cluster says whether its disk is nearly full; each second while it is. */
    void heardOfDisk(UUID node, boolean isScarce) {
        DeliveryServices serving = services;
        if (serving != null) {
            serving.scarceDisks().heard(node, isScarce);
        }
    }

    /** Whether the disks of all nodes that keep copies of the partition have room for more. */
    boolean haveRoomFor(long queueId, int partition) {
        DeliveryServices serving = services;
        return serving == null || serving.scarceDisks().haveRoomFor(queueId, partition);
    }

    /**
     * Makes sure that the queue has not been deleted, as far as this node knows.
     *
     * @throws QueueNotExistException if there is none with this id (QueueNotExist)
     */
    void requireQueue(long id) {
        if (catalogue.findQueue(id).isEmpty()) {
            throw new QueueNotExistException();
        }
    }

    @Override
    public void send(Queue queue, List<Outgoing> messages) {
        localQueue(queue).send(messages);
    }

    @Override
    public CompletionStage<List<ReceivedMessage>> receive(
            Queue queue, int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent) {
        return localQueue(queue).receive(maxMessages, visibilityMillis, waitMillis, clientPresent);
    }

    @Override
    public CompletionStage<List<PeekedMessage>> peek(Queue queue, int maxMessages) {
        return localQueue(queue).peek(maxMessages);
    }

    @Override
    public List<CompletableFuture<Boolean>> delete(Queue queue, List<String> handles) {
        return localQueue(queue).delete(handles);
    }

    @Override
    public CompletionStage<ChangedVisibility> changeVisibility(Queue queue, String handle, long visibilityMillis) {
        return localQueue(queue).changeVisibility(handle, visibilityMillis);
    }

    @Override
    public CompletionStage<Map<Long, QueueStatistics>> statistics(List<Queue> all) {
        return counts(all.stream().map(Queue::id).toList());
    }

    /**
     * What is here of the queues with these ids; a queue that is not known here is missing.
     *
     * @throws ServiceUnavailableException while the node does not serve (ServiceUnavailable)
     */
    CompletionStage<Map<Long, QueueStatistics>> counts(List<Long> ids) {
        Map<Long, QueueStatistics> counts = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> counted = new ArrayList<>();
        for (long id : ids) {
            try {
                counted.add(localQueue(id)
                        .statistics()
                        .thenAccept(count -> counts.put(id, count))
                        .exceptionally(LocalQueues::unlessDeleted)
                        .toCompletableFuture());
            } catch (QueueNotExistException e) {
                LOG.debugf("Queue %d is not counted: it was deleted, or is too new for this node", id);
            }
        }
        return CompletableFuture.allOf(counted.toArray(CompletableFuture[]::new))
                .thenApply(all -> Map.copyOf(counts));
    }

    private static Void unlessDeleted(Throwable failure) {
        ServiceException reason = CalledQueues.reason(failure);
        if (reason instanceof QueueNotExistException) {
            return null;
        }
        throw reason;
    }

    /** Wakes the queues whose deadline has come, in case the clock was set forward. */
    public void wakeDue() {
        DeliveryServices serving = services;
        if (serving != null) {
            serving.deadlines().wakeDue();
        }
    }

    /** Removes the messages whose retention is over, of every queue. */
    public void expire() {
        queues.values().forEach(LocalQueue::expire);
    }

    /** Begins to rewrite small the bundles that have been mostly dead for minutes, of every queue. */
    public void rewriteSparse() {
        queues.values().forEach(LocalQueue::rewriteSparse);
    }

    /** Drops a queue that is deleted for good: waiting receives are told, its messages are forgotten. */
    void onQueueDeleted(@Observes(during = TransactionPhase.AFTER_SUCCESS) QueueDeleted event) {
        drop(event.queue());
    }

    /** Drops this node's part of a queue that another node has deleted. */
    void onQueueDeletedElsewhere(@Observes QueueDeletedElsewhere event) {
        drop(event.queue());
    }

    private void drop(Queue queue) {
        foundTooEarly.remove(queue.id());
        LocalQueue dropped = queues.remove(queue.id());
        if (dropped != null) {
            dropped.close(new QueueNotExistException());
        }
        DeliveryServices serving = services;
        if (serving != null) {
            serving.store().removeQueue(queue.id(), queue.partitions()).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.errorf(failure, "The messages of the deleted queue %s are not removed", queue.name());
                }
            });
        }
    }

    private LocalQueue made(Queue queue) {
        LocalQueue made = queues.computeIfAbsent(queue.id(), id -> newLocalQueue(queue));
        if (services == null) {
            // Stopping met the making: it may have looked before the queue was there.
            queues.remove(queue.id(), made);
            ServiceUnavailableException unavailable = new ServiceUnavailableException("the node is stopping");
            made.close(unavailable);
            throw unavailable;
        }
        // Leaders may have changed after it looked and before it was there to be told.
        made.leadershipChanged();
        return made;
    }

    private LocalQueue newLocalQueue(Queue queue) {
        DeliveryServices serving = services;
        if (serving == null) {
            throw new ServiceUnavailableException("the node is starting or stopping");
        }
        requireQueue(queue.id());
        return new LocalQueue(queue.id(), queue.partitions(), serving, over -> queues.remove(queue.id(), over));
    }

    /**
     * Messages of all partitions that this node leads, whatever their state; those that are still being read again as
     * far as they were read. Costs nothing per queue.
     */
    public long messages() {
        return messages.sum();
    }

    /** Bundles that are stored on this node and cannot be read; their messages are neither handed out nor deleted. */
    public long unreadableBundles() {
        return queues.values().stream().mapToLong(LocalQueue::unreadableBundles).sum();
    }

    /** Drops what is stored of queues that were deleted at the moment at which the node went down. */
    private void dropDeletedQueues(MessageStore store) {
        // Read before the database is: whatever is stored by then belongs to a queue that was committed before.
        Map<Long, Integer> stored = store.storedQueues();
        Set<Long> deleted;
        try {
            deleted = catalogue.deletedOf(stored.keySet());
        } catch (ServiceUnavailableException e) {
            LOG.warn("The catalogue does not answer: messages of deleted queues, if any, stay until the next start");
            return;
        }
        if (deleted.isEmpty()) {
            return;
        }
        foundTooEarly.removeAll(deleted);
        for (long id : deleted) {
            store.removeQueue(id, stored.getOrDefault(id, 1)).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.errorf(failure, "The messages of the deleted queue %d are not removed", id);
                }
            });
        }
        LOG.infof(
                "Dropping messages of %d queues that were deleted when the node went down: %s",
                deleted.size(), deleted);
    }
}
