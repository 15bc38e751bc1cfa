package io.bida.it.console;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.bida.it.ServerUnderTest;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium that is installed on this machine, started once for a test class.
 *
 * <p>For one thread, as the tests that use it run one after another.
 */
final class Chromium implements BeforeAllCallback, AfterAllCallback {

    /** What it is called by Debian, by others, and by Google. */
    private static final List<String> COMMANDS = List.of("chromium", "chromium-browser", "google-chrome");

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    /** A person who has never been here, with a window of 1280 × 640 points and the light theme. */
    Visitor visit(Language language) {
        return visit(language, ServerUnderTest.endpoint());
    }

    /** The same person, of another server. */
    Visitor visit(Language language, URI endpoint) {
        return new Visitor(requireNonNull(browser, "started before all tests"), language, endpoint);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Path program = installed();
        // The driver's own browsers are neither wanted nor to be had without the internet.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        // It opens our own pages only, and as root or in a container there is no sandbox.
                        .setChromiumSandbox(false)
                        .setArgs(List.of("--disable-gpu")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }

    private static Path installed() {
        String searched = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searched)
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> COMMANDS.stream().map(command -> Path.of(folder, command)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Chromium is missing: none of " + COMMANDS
                        + " is on the PATH. On Debian: apt-get install chromium"));
    }
}
