package io.bida.message.timer;

import io.bida.message.delivery.LocalQueues;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Each second, removes the messages whose retention is over. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionTimer {

    @Inject
    LocalQueues localQueues;

    /** Removes what is over. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void expire() {
        localQueues.expire();
    }
}
