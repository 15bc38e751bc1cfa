package io.bida.notify;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Begins to deliver when the node starts, and ends it before the messages are closed. */
@Singleton
@Startup
@DependsOn("MessageStart")
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class NotifyStart {

    @Inject
    Dispatchers dispatchers;

    @PostConstruct
    void start() {
        dispatchers.start();
    }

    @PreDestroy
    void stop() {
        dispatchers.stop();
    }
}
