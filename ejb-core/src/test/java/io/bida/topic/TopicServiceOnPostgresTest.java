package io.bida.topic;

import io.bida.catalogue.TestDatabase;

class TopicServiceOnPostgresTest implements TopicServiceContract {

    private final TopicNode node = new TopicNode(TestDatabase.POSTGRESQL);

    @Override
    public TopicNode node() {
        return node;
    }
}
