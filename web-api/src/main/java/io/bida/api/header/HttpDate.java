package io.bida.api.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the one form of date that requests carry: {@code Thu, 17 Mar 2012 18:49:58 GMT}.
 *
 * <p>The weekday must be one but need not be the right one: the specification's own sample has a wrong one (1.3). The
 * year has four digits, the zone is GMT. Safe for use by any thread.
 */
public final class HttpDate {

    // Without the weekday among the resolved fields a wrong one is not an error.
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .parseCaseSensitive()
            .appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT)
            .appendLiteral(", ")
            .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, java.time.format.SignStyle.NOT_NEGATIVE)
            .appendLiteral(' ')
            .appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT)
            .appendLiteral(' ')
            .appendValue(ChronoField.YEAR, 4)
            .appendLiteral(' ')
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .appendLiteral(" GMT")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE)
            .withZone(ZoneOffset.UTC)
            .withResolverFields(Set.of(
                    ChronoField.YEAR,
                    ChronoField.MONTH_OF_YEAR,
                    ChronoField.DAY_OF_MONTH,
                    ChronoField.HOUR_OF_DAY,
                    ChronoField.MINUTE_OF_HOUR,
                    ChronoField.SECOND_OF_MINUTE));

    // Requests of one second carry the same text, so most readings are this comparison. A race costs a second reading.
    private static volatile Reading last = new Reading("", Optional.empty());

    private record Reading(String text, Optional<Instant> instant) {}

    private HttpDate() {}

    /** The moment, or empty if the text is not in the form. */
    public static Optional<Instant> parse(String text) {
        Reading known = last;
        if (known.text.equals(text)) {
            return known.instant;
        }
        Reading reading = new Reading(text, read(text));
        if (reading.instant.isPresent()) {
            last = reading;
        }
        return reading.instant;
    }

    private static Optional<Instant> read(String text) {
        try {
            TemporalAccessor moment = FORM.parse(text);
            return Optional.of(Instant.from(moment));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
