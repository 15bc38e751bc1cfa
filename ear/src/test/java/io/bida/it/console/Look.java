package io.bida.it.console;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;

/**
 * A theme and a width of the window.
 *
 * @param theme what the operating system wishes for
 * @param width of the window in CSS pixels
 * @param height of the window in CSS pixels
 */
record Look(ColorScheme theme, int width, int height) {

    /** A laptop's window, and a telephone's. */
    static final List<Look> ALL = List.of(
            new Look(ColorScheme.DARK, 390, 844),
            new Look(ColorScheme.LIGHT, 390, 844),
            new Look(ColorScheme.DARK, 1280, 640),
            new Look(ColorScheme.LIGHT, 1280, 640));

    /** Whether it is a telephone's. */
    boolean isNarrow() {
        return width < 768;
    }

    /** For example {@code dark-390}. */
    @Override
    public String toString() {
        return theme.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
}
