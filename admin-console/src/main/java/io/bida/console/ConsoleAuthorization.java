package io.bida.console;

import io.bida.console.account.LoginPage;
import io.bida.console.account.SignedInPerson;
import io.bida.console.guard.PageUrl;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.apache.wicket.Component;
import org.apache.wicket.Page;
import org.apache.wicket.RestartResponseAtInterceptPageException;
import org.apache.wicket.RestartResponseException;
import org.apache.wicket.authorization.Action;
import org.apache.wicket.authorization.IAuthorizationStrategy.AllowAllAuthorizationStrategy;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.request.component.IRequestableComponent;
import org.apache.wicket.request.cycle.RequestCycle;
import org.apache.wicket.request.mapper.parameter.PageParameters;
import org.jspecify.annotations.Nullable;

/**
 * Who may open which page, and sees which part of it.
 *
 * <p>A page is for people who are signed in unless it is marked {@link OpenToAnyone}; a page or a part marked
 * {@link AllowedFor} is for some roles only. A link to a page that the person may not open is not shown.
 */
final class ConsoleAuthorization extends AllowAllAuthorizationStrategy {

    @Override
    public <T extends IRequestableComponent> boolean isInstantiationAuthorized(Class<T> type) {
        if (!Page.class.isAssignableFrom(type) || type.isAnnotationPresent(OpenToAnyone.class)) {
            return true;
        }
        Optional<SignedInPerson> person = ConsoleSession.get().person();
        if (person.isEmpty()) {
            throw sendToSignIn();
        }
        return isAllowed(type, person);
    }

    @Override
    public boolean isActionAuthorized(Component component, Action action) {
        Optional<SignedInPerson> person = ConsoleSession.get().person();
        if (component instanceof BookmarkablePageLink<?> link) {
            return isAllowed(link.getPageClass(), person);
        }
        return isAllowed(component.getClass(), person);
    }

    private static boolean isAllowed(Class<?> type, Optional<SignedInPerson> person) {
        @Nullable AllowedFor roles = type.getAnnotation(AllowedFor.class);
        return roles == null
                || person.map(it -> List.of(roles.value()).contains(it.role())).orElse(false);
    }

    private static RuntimeException sendToSignIn() {
        PageParameters why = Boolean.TRUE.equals(RequestCycle.get().getMetaData(IdleSignOut.WAS_IDLE))
                ? LoginPage.after(LoginPage.Ending.IDLE)
                : new PageParameters();
        // Whoever wanted to look goes on to that page; whoever wanted to do something must ask for it again.
        if (PageUrl.isOnlyLookedAt(currentRequest())) {
            return new RestartResponseAtInterceptPageException(LoginPage.class, why);
        }
        return new RestartResponseException(LoginPage.class, why);
    }

    private static HttpServletRequest currentRequest() {
        return (HttpServletRequest) RequestCycle.get().getRequest().getContainerRequest();
    }
}
