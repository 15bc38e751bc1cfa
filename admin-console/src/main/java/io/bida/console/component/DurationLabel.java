package io.bida.console.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.StringResourceModel;

/** A length of time in words, exact to the second: "4 days", "1 hour 30 minutes". */
public final class DurationLabel extends Label {

    private static final long serialVersionUID = 1L;

    private final IModel<Duration> duration;

    /** Shows this length of time. */
    public DurationLabel(String id, IModel<Duration> duration) {
        super(id);
        this.duration = duration;
        setDefaultModel(this::words);
    }

    private String words() {
        Duration length = duration.getObject();
        List<String> parts = new ArrayList<>();
        addUnless0(parts, "days", length.toDaysPart());
        addUnless0(parts, "hours", length.toHoursPart());
        addUnless0(parts, "minutes", length.toMinutesPart());
        addUnless0(parts, "seconds", length.toSecondsPart());
        return parts.isEmpty() ? in("seconds", 0) : String.join(" ", parts);
    }

    private void addUnless0(List<String> parts, String unit, long amount) {
        if (amount != 0) {
            parts.add(in(unit, amount));
        }
    }

    private String in(String unit, long amount) {
        return new StringResourceModel("duration." + unit, this)
                .setParameters(amount)
                .getString();
    }

    @Override
    protected void onDetach() {
        duration.detach();
        super.onDetach();
    }
}
