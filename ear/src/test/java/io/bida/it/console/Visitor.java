package io.bida.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.bida.it.ServerUnderTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A person at a browser of their own, who notes everything that goes wrong, also what nobody sees: something refused by
 * the content security policy, logged as an error, thrown by a script, asked of another host, answered with a failure
 * or not at all.
 */
final class Visitor implements AutoCloseable {

    /** Where the console is. */
    static final String CONSOLE = ServerUnderTest.endpoint() + "/console";

    /** The queues of the account that the tests work in; other tests open others. */
    static final String QUEUES = "/queues?account=" + ServerUnderTest.accountId();

    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Tells a function of ours what the content security policy refuses. */
    private static final String WATCH =
            "addEventListener('securitypolicyviolation', e => noteViolation(e.violatedDirective + ' ' + e.blockedURI))";

    private static final int OK = 200;
    private static final int FIRST_FAILURE = 400;

    private final URI endpoint;
    private final Language language;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private int expectedStatus = OK;

    Visitor(Browser browser, Language language, URI endpoint) {
        this.endpoint = endpoint;
        this.language = language;
        // Reduced motion: a counter's fading flash would be judged for its contrast at a random moment.
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language.locale())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1280, 640));
        context.exposeFunction("noteViolation", what -> faults.add("refused by the security policy: " + what[0]));
        context.addInitScript(WATCH);
        this.page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(error -> faults.add("script failed: " + error));
        page.onRequest(this::note);
        page.onRequestFailed(this::noteFailure);
        page.onResponse(this::note);
    }

    private void note(ConsoleMessage message) {
        // What could not be loaded is noted with its address below.
        boolean notedElsewhere = message.text().startsWith("Failed to load resource");
        if (!notedElsewhere && List.of("error", "warning").contains(message.type())) {
            faults.add("console " + message.type() + ": " + message.text());
        }
    }

    private void note(Request request) {
        boolean ours = request.url().startsWith(endpoint + "/");
        if (!ours && !request.url().startsWith("data:")) {
            faults.add("asked another host: " + request.url());
        }
    }

    private void noteFailure(Request request) {
        // Leaving a page gives up the figures it is just fetching.
        boolean givenUp =
                request.failure().equals("net::ERR_ABORTED") && request.url().contains("/live/");
        if (!givenUp) {
            faults.add("no answer: " + request.url() + " " + request.failure());
        }
    }

    private void note(Response answer) {
        if (answer.status() >= FIRST_FAILURE && answer.status() != expectedStatus) {
            faults.add("answered " + answer.status() + ": " + answer.url());
        }
    }

    /** What the person looks at. */
    Page page() {
        return page;
    }

    /** The cookies and settings. */
    BrowserContext context() {
        return context;
    }

    /** What the browser asks for. */
    Language language() {
        return language;
    }

    /** Opens an address below the console, for example {@code /queues}. */
    void open(String address) {
        open(address, OK);
    }

    /** Opens an address whose page has this status. */
    void open(String address, int status) {
        expectedStatus = status;
        Response answer = page.navigate(endpoint + "/console" + address);
        assertThat(answer.status()).as(address).isEqualTo(status);
        expectedStatus = OK;
    }

    /** Fills in the sign-in page, which is open, and sends it. */
    void signIn(String password) {
        page.locator("input[autocomplete=username]").fill("admin");
        page.locator("input[autocomplete=current-password]").fill(password);
        page.locator("main button[type=submit]").click();
    }

    /** Shows the page as it is in every look, ending with the one a visitor begins with. */
    void inEveryLook(Consumer<Look> action) {
        for (Look look : Look.ALL) {
            page.setViewportSize(look.width(), look.height());
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.theme()));
            action.accept(look);
        }
    }

    /** Notes what is wrong with the page as it is, in every look. */
    void judge(String what) {
        inEveryLook(look -> judge(what, look));
    }

    /**
     * Notes where the page as it is disobeys WCAG 2.2 A or AA, as far as a machine can tell, or is wider than its
     * window.
     */
    void judge(String what, Look look) {
        String where = what + " (" + language + " " + look + "): ";
        new AxeBuilder(page)
                .withTags(WCAG_2_2_AA)
                .analyze()
                .getViolations()
                .forEach(rule -> rule.getNodes()
                        .forEach(node -> faults.add(
                                where + rule.getId() + " at " + node.getHtml() + ": " + node.getFailureSummary())));
        Object tooWide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!tooWide.equals(0)) {
            faults.add(where + "wider than the window by " + tooWide + " pixels");
        }
    }

    /** Writes what is to be seen without scrolling, if pictures are wanted at all and this look is pictured. */
    void takePicture(String what, Look look) {
        String pictures = System.getProperty("bida.it.pictures");
        if (pictures != null && isPictured(look)) {
            Path file = Path.of(pictures, what + "-" + language + "-" + look + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }
    }

    /** Both themes, both widths and both languages are seen, without eight pictures of every page. */
    private boolean isPictured(Look look) {
        return look.isNarrow()
                ? language == Language.CHINESE && look.theme() == ColorScheme.LIGHT
                : language == Language.ENGLISH;
    }

    /** Leaves out what the test itself has made fail. */
    void forgetFaultsAbout(String part) {
        faults.removeIf(fault -> fault.contains(part));
    }

    /** Fails if anything went wrong so far. */
    void assertNothingWentWrong() {
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
