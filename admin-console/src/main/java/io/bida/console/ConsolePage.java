package io.bida.console;

import io.bida.console.account.LoginPage;
import io.bida.console.account.SignedInPerson;
import io.bida.console.cluster.ClusterPage;
import io.bida.console.queue.QueueListPage;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Set;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.Component;
import org.apache.wicket.Page;
import org.apache.wicket.markup.head.CssHeaderItem;
import org.apache.wicket.markup.head.IHeaderResponse;
import org.apache.wicket.markup.head.JavaScriptHeaderItem;
import org.apache.wicket.markup.head.MetaDataHeaderItem;
import org.apache.wicket.markup.html.TransparentWebMarkupContainer;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.markup.html.WebPage;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.form.StatelessForm;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.markup.html.link.StatelessLink;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.ResourceModel;
import org.apache.wicket.request.cycle.RequestCycle;
import org.apache.wicket.request.http.WebRequest;
import org.apache.wicket.request.http.WebResponse;
import org.apache.wicket.request.mapper.parameter.PageParameters;
import org.apache.wicket.request.resource.CssResourceReference;
import org.apache.wicket.request.resource.JavaScriptResourceReference;
import org.apache.wicket.request.resource.PackageResourceReference;
import org.apache.wicket.request.resource.ResourceReference;
import org.jspecify.annotations.Nullable;

/**
 * The frame around every page: title, way to the content, navigation, theme and language, who is signed in.
 *
 * <p>Pages keep no state on the server: what they show is in their address, so a link can be sent and a restarted node
 * can answer. A page has the key {@code title} in its texts.
 */
public abstract class ConsolePage extends WebPage {

    private static final long serialVersionUID = 1L;

    private static final String THEME_COOKIE = "bida-theme";

    private static final ResourceReference ICON = new PackageResourceReference(ConsolePage.class, "brand.svg");

    /** Values the theme cookie may have; without it the operating system's wish decides, in {@code theme.js}. */
    private static final Set<String> THEMES = Set.of("light", "dark");

    /** A page that shows what its parameters say. */
    protected ConsolePage(PageParameters parameters) {
        super(parameters);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(documentElement());
        add(new Label("title", title()));
        add(new BookmarkablePageLink<>("home", HomePage.class));
        add(navigation());
        add(languageSwitch());
        add(signedIn());
    }

    /** What the browser's tab is called. */
    protected IModel<String> title() {
        return new ResourceModel("title");
    }

    @Override
    public void renderHead(IHeaderResponse response) {
        super.renderHead(response);
        response.render(MetaDataHeaderItem.forLinkTag("icon", urlFor(ICON, null).toString()));
        // Before the style sheets, so that a dark page is not painted light first.
        response.render(
                JavaScriptHeaderItem.forReference(new JavaScriptResourceReference(ConsolePage.class, "theme.js")));
        response.render(CssHeaderItem.forReference(new CssResourceReference(ConsolePage.class, "tabler.min.css")));
        response.render(CssHeaderItem.forReference(new CssResourceReference(ConsolePage.class, "console.css")));
    }

    private TransparentWebMarkupContainer documentElement() {
        TransparentWebMarkupContainer html = new TransparentWebMarkupContainer("html");
        html.add(AttributeModifier.replace(
                "lang", () -> ConsoleSession.get().language().tag()));
        html.add(AttributeModifier.replace("data-bs-theme", ConsolePage::chosenTheme));
        return html;
    }

    private static @Nullable String chosenTheme() {
        @Nullable Cookie cookie = ((WebRequest) RequestCycle.get().getRequest()).getCookie(THEME_COOKIE);
        return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : null;
    }

    private WebMarkupContainer navigation() {
        WebMarkupContainer navigation = new ForSignedIn("navigation");
        navigation.add(section("queues", QueueListPage.class));
        navigation.add(section("cluster", ClusterPage.class));
        return navigation;
    }

    private Component section(String id, Class<? extends Page> start) {
        return new BookmarkablePageLink<>(id, start)
                .add(AttributeModifier.replace("aria-current", () -> isWithin(start) ? "true" : null));
    }

    /** The pages of a section are those beside its first one. */
    private boolean isWithin(Class<? extends Page> start) {
        return getClass().getPackage().equals(start.getPackage());
    }

    private StatelessLink<Void> languageSwitch() {
        StatelessLink<Void> link = new StatelessLink<>("language") {
            private static final long serialVersionUID = 1L;

            @Override
            public void onClick() {
                Language other = ConsoleSession.get().language().other();
                LanguageCookie.write((WebResponse) getResponse(), other);
                ConsoleSession.get().setLocale(other.locale());
                setResponsePage(getPage().getPageClass(), getPage().getPageParameters());
            }
        };
        link.add(new Label("name", () -> ConsoleSession.get().language().other().ownName()));
        link.add(AttributeModifier.replace(
                "lang", () -> ConsoleSession.get().language().other().tag()));
        return link;
    }

    private WebMarkupContainer signedIn() {
        WebMarkupContainer signedIn = new ForSignedIn("signedIn");
        signedIn.add(new Label(
                "person",
                () -> ConsoleSession.get().person().map(SignedInPerson::name).orElse("")));
        signedIn.add(new StatelessForm<>("signOut") {
            private static final long serialVersionUID = 1L;

            @Override
            protected void onSubmit() {
                ConsoleSession.get().signOut();
                setResponsePage(LoginPage.class, LoginPage.after(LoginPage.Ending.LEFT));
            }
        });
        return signedIn;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        // The services of a page are not stored with it.
        ConsoleApplication.get().inject(this);
    }

    /** Shown only to somebody who is signed in. */
    private static final class ForSignedIn extends WebMarkupContainer {
        private static final long serialVersionUID = 1L;

        ForSignedIn(String id) {
            super(id);
        }

        @Override
        protected void onConfigure() {
            super.onConfigure();
            setVisible(ConsoleSession.get().person().isPresent());
        }
    }
}
