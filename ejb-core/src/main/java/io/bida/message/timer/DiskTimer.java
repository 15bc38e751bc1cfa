package io.bida.message.timer;

import io.bida.message.delivery.MessageDelivery;
import io.bida.message.store.DiskSpace;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Each second, looks at the disk: with too little left, sends are refused, so that receives and deletes can go on.
 *
 * <p>Sends are accepted again as soon as there is room, without a restart.
 */
@Singleton
@Startup
@DependsOn("MessageStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DiskTimer {

    private static final Logger LOG = Logger.getLogger(DiskTimer.class);

    @Inject
    MessageDelivery delivery;

    @Inject
    DiskSpace diskSpace;

    private boolean refusing;

    /** Looks once before the node serves, then each second. */
    @PostConstruct
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void look() {
        boolean scarce = diskSpace.isScarce();
        if (scarce && !refusing) {
            LOG.errorf("The disk is nearly full: sends are refused until %s bytes are free", diskSpace.reserveBytes());
        } else if (!scarce && refusing) {
            LOG.info("The disk has room again: sends are accepted");
            delivery.acceptSends();
        }
        if (scarce) {
            delivery.refuseSends("the disk is nearly full");
        }
        refusing = scarce;
    }
}
