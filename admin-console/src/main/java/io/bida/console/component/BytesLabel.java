package io.bida.console.component;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.model.IModel;

/** An amount of bytes in the largest unit that leaves at least one, to three digits: "512 MiB", "1.46 TiB". */
public final class BytesLabel extends Label {

    private static final long serialVersionUID = 1L;

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int STEP = 1024;

    /** Shows this amount. */
    public BytesLabel(String id, IModel<Long> bytes) {
        super(id);
        setDefaultModel(() -> format(bytes.getObject(), getLocale()));
    }

    /** The amount with its unit. */
    public static String format(long bytes, Locale locale) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        NumberFormat digits = NumberFormat.getNumberInstance(locale);
        digits.setMaximumFractionDigits(unit == 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2);
        return digits.format(amount) + "\u00a0" + UNITS.get(unit);
    }
}
