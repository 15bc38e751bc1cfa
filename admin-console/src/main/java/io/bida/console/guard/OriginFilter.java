package io.bida.console.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site makes a person's browser send here.
 *
 * <p>A browser that tells where a request comes from (Fetch Metadata) is believed; one that does not must show an
 * Origin or Referer of this host. Looking at a page from a link on another site is fine, but the browser withholds our
 * strict cookie there, so the answer is a page that loads itself again: the second request is ours and carries it.
 *
 * <p>Source: W3C Fetch Metadata Request Headers; what must be refused is rows C4 and C5 of the console's bad inputs.
 */
public final class OriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private static final String LOAD_AGAIN = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"refresh\" content=\"0\"><title>Bida</title></head><body></body></html>";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!METHODS.contains(request.getMethod())) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        switch (judge(request)) {
            case PASS -> chain.doFilter(request, response);
            case LOAD_AGAIN -> answerWithReload(response);
            case GO_TO_PAGE -> response.sendRedirect(request.getRequestURI());
            case REFUSE -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static Verdict judge(HttpServletRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return PageUrl.isOnlyLookedAt(request) ? judgeLook(request, site) : judgeCall(request, site);
    }

    private static Verdict judgeLook(HttpServletRequest request, @Nullable String site) {
        if (site == null || site.equals("same-origin") || site.equals("none")) {
            return Verdict.PASS;
        }
        return isTopLevelNavigation(request) ? Verdict.LOAD_AGAIN : Verdict.REFUSE;
    }

    private static Verdict judgeCall(HttpServletRequest request, @Nullable String site) {
        if (site != null && !site.equals("same-origin")) {
            // "none" is a bookmark or an address typed by hand, but also a link opened from a mail program.
            boolean harmlessAsPage =
                    site.equals("none") && request.getMethod().equals("GET") && isTopLevelNavigation(request);
            return harmlessAsPage ? Verdict.GO_TO_PAGE : Verdict.REFUSE;
        }
        @Nullable String origin = request.getHeader("Origin");
        if (origin != null) {
            return isOwn(request, origin) ? Verdict.PASS : Verdict.REFUSE;
        }
        if (site != null) {
            return Verdict.PASS;
        }
        @Nullable String referer = request.getHeader("Referer");
        return referer != null && isOwn(request, referer) ? Verdict.PASS : Verdict.REFUSE;
    }

    private static boolean isTopLevelNavigation(HttpServletRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** Compares host and port only: behind a proxy that ends TLS the scheme seen here is another. */
    private static boolean isOwn(HttpServletRequest request, String url) {
        @Nullable String host = request.getHeader("Host");
        if (host == null) {
            return false;
        }
        try {
            @Nullable String authority = new URI(url).getRawAuthority();
            return authority != null && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void answerWithReload(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(LOAD_AGAIN);
    }

    private enum Verdict {
        PASS,
        LOAD_AGAIN,
        GO_TO_PAGE,
        REFUSE
    }
}
