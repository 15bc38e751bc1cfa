package io.bida.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.bida.it.ServerUnderTest;
import io.bida.it.rest.Documents;
import io.bida.it.rest.TestQueue;
import io.bida.it.rest.TestServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person signs in, makes a queue, watches it fill, changes how the console looks and speaks, and cleans up. */
class ConsoleJourneyIT {

    private static final Pattern NOT_UP_TO_DATE =
            Pattern.compile("Not up to date since .+: the server does not answer");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @RegisterExtension
    final TestServer server = TestServer.shared();

    private final Visitor visitor = CHROMIUM.visit(Language.ENGLISH);
    private final Page page = visitor.page();

    @AfterEach
    void close() {
        visitor.close();
    }

    @Test
    void fromSigningInToSigningOut() {
        String name = server.freshName("console");

        visitor.open(Visitor.QUEUES + "&prefix=" + name);
        assertThat(page).hasURL(Pattern.compile(".*/console/login"));
        visitor.signIn("not the password");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Name or password is not right");
        visitor.judge("wrong password");
        visitor.signIn(ServerUnderTest.adminPassword());
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("There is no queue here whose name begins with");
        assertSessionCookieIsStrict();

        page.getByRole(AriaRole.LINK, named("New queue")).click();
        page.getByLabel("Name of the queue").fill(name);
        page.getByRole(AriaRole.BUTTON, named("Create queue")).click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Queue " + name + " was created.");
        visitor.judge("queue created");

        page.getByLabel("Name begins with").fill(name);
        page.getByRole(AriaRole.BUTTON, named("Filter")).click();
        assertThat(count(name, "visible")).hasText("0");
        TestQueue queue = server.queue(name);
        queue.send("first").assertStatus(201);
        queue.send("second").assertStatus(201);
        queue.send("third", Documents.element("DelaySeconds", 600)).assertStatus(201);
        assertThat(count(name, "visible")).hasText("2");
        assertThat(count(name, "delayed")).hasText("1");
        queue.receive().assertStatus(200);
        assertThat(count(name, "visible")).hasText("1");
        assertThat(count(name, "inFlight")).hasText("1");
        visitor.judge("counters moved");

        switchThemeTo("dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-bs-theme", "dark");
        page.getByRole(AriaRole.LINK, named("中文")).click();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("队列");
        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(count(name, "visible")).hasText("1");

        page.getByRole(AriaRole.LINK, named("删除队列 " + name)).click();
        page.getByLabel("如要继续，请输入队列名称").fill("orders");
        page.getByRole(AriaRole.BUTTON, named("删除队列及消息")).click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("名称不正确，未删除任何内容。");
        visitor.judge("wrong name typed");
        server.call(server.get(queue.path())).assertStatus(200);
        page.getByLabel("如要继续，请输入队列名称").fill(name);
        page.getByRole(AriaRole.BUTTON, named("删除队列及消息")).click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("队列 " + name + " 已删除。");
        server.call(server.get(queue.path())).assertError(404, "QueueNotExist");

        page.getByRole(AriaRole.BUTTON, named("退出登录")).click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("您已退出登录。");
        visitor.judge("signed out");
        visitor.open("/queues");
        assertThat(page).hasURL(Pattern.compile(".*/console/login"));
        visitor.assertNothingWentWrong();
    }

    @Test
    void countersStandStillWhilePaused() {
        TestQueue queue = server.createQueue("console-pause");
        AtomicInteger fetches = new AtomicInteger();
        page.onRequest(request -> {
            if (request.url().contains("/live/queues")) {
                fetches.incrementAndGet();
            }
        });
        page.clock().install();
        visitor.open(Visitor.QUEUES + "&prefix=" + queue.name());
        visitor.signIn(ServerUnderTest.adminPassword());

        page.getByRole(AriaRole.BUTTON, named("Pause")).click();
        assertThat(page.getByText("Paused", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        queue.send("unseen").assertStatus(201);
        int before = fetches.get();
        page.clock().runFor(60_000);
        assertThat(fetches).hasValue(before);
        assertThat(count(queue.name(), "visible")).hasText("0");

        page.getByRole(AriaRole.BUTTON, named("Go on")).click();
        assertThat(count(queue.name(), "visible")).hasText("1");
        visitor.assertNothingWentWrong();
    }

    @Test
    void serverThatDoesNotAnswerIsSaidAndTheCountersGoOnAfterwards() {
        TestQueue queue = server.createQueue("console-stale");
        visitor.open(Visitor.QUEUES + "&prefix=" + queue.name());
        visitor.signIn(ServerUnderTest.adminPassword());
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();

        page.route("**/live/queues*", route -> route.abort());
        assertThat(page.getByText(NOT_UP_TO_DATE)).isVisible();
        visitor.judge("stale");
        page.unroute("**/live/queues*");
        visitor.forgetFaultsAbout("/live/queues");

        queue.send("seen").assertStatus(201);
        assertThat(count(queue.name(), "visible")).hasText("1", patiently());
        visitor.assertNothingWentWrong();
    }

    @Test
    void clusterOfAServerThatDoesNotAnswerIsGreyUntilItDoes() {
        visitor.open("/cluster");
        visitor.signIn(ServerUnderTest.adminPassword());
        Locator content = page.locator("[data-live-content]");
        assertThat(content).not().hasAttribute("data-live-old", "");

        page.route("**/live/cluster*", route -> route.abort());
        assertThat(page.getByText(NOT_UP_TO_DATE)).isVisible();
        assertThat(content).hasAttribute("data-live-old", "");
        page.unroute("**/live/cluster*");
        assertThat(content).not().hasAttribute("data-live-old", "", soon());

        // Somebody answers, but not the server.
        page.route(
                "**/live/cluster*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setBody("a proxy's page")));
        assertThat(content).hasAttribute("data-live-old", "");
        assertThat(content).not().containsText("a proxy's page");
        page.unroute("**/live/cluster*");
        assertThat(content).not().hasAttribute("data-live-old", "", soon());

        // Never answered: given up after 3 s, not only when the server ends the connection.
        page.route("**/live/cluster*", route -> {});
        assertThat(content).hasAttribute("data-live-old", "", soon());
        visitor.forgetFaultsAbout("/live/cluster");
        visitor.assertNothingWentWrong();
    }

    private static LocatorAssertions.HasAttributeOptions soon() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(9_000);
    }

    @Test
    void linkOnAnotherSiteOpensThePageForWhoIsSignedIn() {
        TestQueue queue = server.createQueue("console-link");
        visitor.open(Visitor.QUEUES);
        visitor.signIn(ServerUnderTest.adminPassword());
        assertThat(page.getByRole(AriaRole.HEADING, named("Queues"))).isVisible();

        // For a browser this is another site than 127.0.0.1.
        page.navigate("http://localhost:" + ServerUnderTest.endpoint().getPort() + "/health/live");
        page.evaluate(
                "address => { location.href = address }", Visitor.CONSOLE + Visitor.QUEUES + "&prefix=" + queue.name());

        assertThat(count(queue.name(), "visible")).hasText("0");
    }

    private void switchThemeTo(String theme) {
        for (int i = 0; i < 3 && !theme.equals(page.locator("html").getAttribute("data-theme-choice")); i++) {
            page.locator("#theme").click();
        }
        assertThat(page.locator("html")).hasAttribute("data-bs-theme", theme);
    }

    private Locator count(String queue, String which) {
        return page.locator("[data-queue='" + queue + "'] [data-count=" + which + "]");
    }

    private void assertSessionCookieIsStrict() {
        Cookie session = visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .findFirst()
                .orElseThrow();
        assertThat(session.httpOnly).isTrue();
        assertThat(session.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat(session.path).isEqualTo("/console");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** After failures the page asks again later and later, after 30 seconds at most. */
    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(40_000);
    }
}
