package io.bida.message.timer;

import io.bida.message.delivery.LocalQueues;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Each second, begins to rewrite small the bundles that have been mostly dead for minutes. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RewriteTimer {

    @Inject
    LocalQueues localQueues;

    /** Rewrites what has been sparse for long enough. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void rewriteSparse() {
        localQueues.rewriteSparse();
    }
}
