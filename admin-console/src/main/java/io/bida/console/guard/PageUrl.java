package io.bida.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request that only looks at a page from one that calls something on it.
 *
 * <p>Wicket puts the call into the name of the first query parameter, as in {@code ?3-1.-form}. This says yes only to
 * names a page of ours uses itself, so a form of call that Wicket knows and we do not is no page URL either.
 */
public final class PageUrl {

    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    /** Our own parameters are lower-case words; digits alone are the number of a page in the session. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("[a-z]{1,32}|[0-9]{1,9}|");

    private PageUrl() {}

    /** Whether the request can be repeated, linked to and opened from a bookmark without doing anything. */
    public static boolean isOnlyLookedAt(HttpServletRequest request) {
        return LOOKING.contains(request.getMethod().toUpperCase(Locale.ROOT)) && hasHarmlessNames(request);
    }

    private static boolean hasHarmlessNames(HttpServletRequest request) {
        @Nullable String query = request.getQueryString();
        if (query == null) {
            return true;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (!HARMLESS_NAME.matcher(name).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "%"; // a broken escape is no harmless name
        }
    }
}
