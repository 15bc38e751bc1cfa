package io.bida.console;

import java.time.Clock;
import java.time.Instant;
import org.apache.wicket.MetaDataKey;
import org.apache.wicket.Session;
import org.apache.wicket.request.cycle.IRequestCycleListener;
import org.apache.wicket.request.cycle.RequestCycle;

/**
 * Signs out who has not done anything for {@link ConsoleSession#LONGEST_IDLE}.
 *
 * <p>The container's own timeout does not see it: an open page fetches its figures every few seconds and so keeps the
 * session alive. Addresses below {@code live/} are such fetches, all others are a person's action.
 */
final class IdleSignOut implements IRequestCycleListener {

    /** Set for the request that found the person gone, so that the sign-in page can say why it appears. */
    static final MetaDataKey<Boolean> WAS_IDLE = new MetaDataKey<>() {
        private static final long serialVersionUID = 1L;
    };

    private final Clock clock;

    IdleSignOut(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void onBeginRequest(RequestCycle cycle) {
        if (!Session.exists()) {
            return;
        }
        ConsoleSession session = ConsoleSession.get();
        Instant now = clock.instant();
        if (session.isIdle(now)) {
            session.signOut();
            cycle.setMetaData(WAS_IDLE, true);
        } else if (!isLive(cycle)) {
            session.touch(now);
        }
    }

    private static boolean isLive(RequestCycle cycle) {
        return cycle.getRequest().getUrl().getPath().startsWith("live/");
    }
}
