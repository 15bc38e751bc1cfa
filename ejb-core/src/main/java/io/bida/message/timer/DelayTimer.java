package io.bida.message.timer;

import io.bida.message.delivery.LocalQueues;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Each second, makes receivable what is due.
 *
 * <p>Deadlines are normally met to the millisecond by one scheduled wake-up; this is the safety net for a clock that
 * was set forward.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DelayTimer {

    @Inject
    LocalQueues localQueues;

    /** Wakes the queues whose deadline has come. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void wakeDue() {
        localQueues.wakeDue();
    }
}
