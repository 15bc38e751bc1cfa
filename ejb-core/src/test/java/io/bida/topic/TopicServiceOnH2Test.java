package io.bida.topic;

import io.bida.catalogue.TestDatabase;

class TopicServiceOnH2Test implements TopicServiceContract {

    private final TopicNode node = new TopicNode(TestDatabase.H2);

    @Override
    public TopicNode node() {
        return node;
    }
}
