package io.bida.message.delivery;

import io.bida.message.store.InMemoryMessageStore;

/** Everything happens on the test's own thread, and the store completes at once. */
class LocalQueueInMemoryTest implements LocalQueueContract {

    @Override
    public QueueUnderTest newQueue() {
        return newQueue(1);
    }

    @Override
    public QueueUnderTest newQueue(int partitions) {
        return new QueueUnderTest(new InMemoryMessageStore(), Runnable::run, partitions);
    }
}
