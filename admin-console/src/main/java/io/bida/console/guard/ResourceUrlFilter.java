package io.bida.console.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides from Wicket any URL of a packaged file that says more than a file and a language.
 *
 * <p>The query of such a URL chooses a locale, a style and a variation, which become part of a path on the class path
 * (CVE-2026-70449). Ours use a locale at most.
 */
public final class ResourceUrlFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Pattern LOCALE_AT_MOST = Pattern.compile("[A-Za-z_]{0,11}=?");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        @Nullable String query = request.getQueryString();
        boolean leavesItsPackage = request.getRequestURI().contains("..");
        if (leavesItsPackage || (query != null && !LOCALE_AT_MOST.matcher(query).matches())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        chain.doFilter(request, response);
    }
}
