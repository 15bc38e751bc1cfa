package io.bida.console.component;

import java.text.NumberFormat;
import java.util.Locale;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.model.IModel;

/** An exact number of things, grouped as the person's language does. */
public final class CountLabel extends Label {

    private static final long serialVersionUID = 1L;

    /** Shows this count. */
    public CountLabel(String id, IModel<Long> count) {
        super(id);
        setDefaultModel(() -> format(count.getObject(), getLocale()));
    }

    /** The count in digits. */
    public static String format(long count, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(count);
    }
}
