package io.bida.console.component;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.markup.head.IHeaderResponse;
import org.apache.wicket.markup.head.JavaScriptHeaderItem;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.model.IModel;
import org.apache.wicket.request.resource.JavaScriptResourceReference;

/**
 * A moment, on a {@code time} element.
 *
 * <p>The server knows no browser's time zone, so it writes UTC and says so; {@code moments.js} rewrites it in the
 * person's own; with {@code data-moment="time"} on the element only the time of day.
 */
public final class MomentLabel extends Label {

    private static final long serialVersionUID = 1L;

    /** Shows this moment, as a day with a time of day. */
    public MomentLabel(String id, IModel<Instant> moment) {
        super(id);
        setDefaultModel(() -> inUtc(moment.getObject(), getLocale()));
        add(AttributeModifier.replace("datetime", () -> moment.getObject().toString()));
    }

    private static String inUtc(Instant moment, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(moment.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    @Override
    public void renderHead(IHeaderResponse response) {
        super.renderHead(response);
        response.render(
                JavaScriptHeaderItem.forReference(new JavaScriptResourceReference(MomentLabel.class, "moments.js"))
                        .setDefer(true));
    }
}
