package io.bida.console.component;

import java.text.NumberFormat;
import java.util.Locale;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.model.IModel;

/** An exact number of things, grouped as the person's language does; none of them is marked with the class "none". */
public final class CountLabel extends Label {

    private static final long serialVersionUID = 1L;

    /** Shows this count. */
    public CountLabel(String id, IModel<Long> count) {
        super(id);
        setDefaultModel(() -> format(count.getObject(), getLocale()));
        add(AttributeModifier.append("class", count.map(number -> number == 0 ? "none" : null)));
    }

    /** The count in digits. */
    public static String format(long count, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(count);
    }
}
