package io.bida.console.component;

import java.time.Instant;
import org.apache.wicket.markup.head.IHeaderResponse;
import org.apache.wicket.markup.head.JavaScriptHeaderItem;
import org.apache.wicket.markup.html.panel.Panel;
import org.apache.wicket.model.IModel;
import org.apache.wicket.request.resource.JavaScriptResourceReference;

/**
 * When the figures of a page were taken, whether they are still brought up to date, and a button that lets them stand.
 *
 * <p>{@code live.js} keeps the element around it up to date that has the attribute {@code data-live}, the address to
 * ask. What comes is JSON for the counters in it; or, if something in it has the attribute {@code data-live-content},
 * what that is to contain, whose parts have names in {@code data-part}; that is grey while it cannot be brought up to
 * date.
 */
public final class LiveLine extends Panel {

    private static final long serialVersionUID = 1L;

    /** The line of figures that were taken at this moment. */
    public LiveLine(String id, IModel<Instant> takenAt) {
        super(id);
        add(new MomentLabel("takenAt", takenAt));
    }

    @Override
    public void renderHead(IHeaderResponse response) {
        super.renderHead(response);
        response.render(JavaScriptHeaderItem.forReference(new JavaScriptResourceReference(LiveLine.class, "live.js"))
                .setDefer(true));
    }
}
