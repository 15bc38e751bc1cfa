package io.bida.console;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Optional;
import org.apache.wicket.protocol.http.WebApplication;
import org.apache.wicket.request.Request;
import org.apache.wicket.request.http.WebRequest;
import org.apache.wicket.request.http.WebResponse;
import org.jspecify.annotations.Nullable;

/** Keeps the language a person chose, for the next visit and for the sign-in page. */
final class LanguageCookie {

    private static final String NAME = "bida-language";
    private static final Duration LIFE = Duration.ofDays(365);

    private LanguageCookie() {}

    /** The language chosen before; empty if none was, or if the cookie says something else. */
    static Optional<Language> read(Request request) {
        @Nullable Cookie cookie = request instanceof WebRequest webRequest ? webRequest.getCookie(NAME) : null;
        return cookie == null ? Optional.empty() : Language.findByTag(cookie.getValue());
    }

    /** Keeps the choice. */
    static void write(WebResponse response, Language language) {
        Cookie cookie = new Cookie(NAME, language.tag());
        cookie.setPath(WebApplication.get().getServletContext().getContextPath() + "/");
        cookie.setMaxAge((int) LIFE.toSeconds());
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
    }
}
