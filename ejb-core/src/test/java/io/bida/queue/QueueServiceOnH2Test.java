package io.bida.queue;

import io.bida.catalogue.TestDatabase;

class QueueServiceOnH2Test implements QueueServiceContract {

    private final QueueNode node = new QueueNode(TestDatabase.H2);

    @Override
    public QueueNode node() {
        return node;
    }
}
