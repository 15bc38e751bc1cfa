package io.bida.queue;

import io.bida.catalogue.TestDatabase;

class QueueServiceOnPostgresTest implements QueueServiceContract {

    private final QueueNode node = new QueueNode(TestDatabase.POSTGRESQL);

    @Override
    public QueueNode node() {
        return node;
    }
}
