package io.bida.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a visitor must not overlook, on a page that does everything wrong. */
class VisitorIT {

    private static final String FAULTY = """
            <!DOCTYPE html>
            <html lang="en"><head><title>busy</title></head><body><main><h1>Faulty</h1>
            <p style="color: red">Refused.</p>
            <img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">
            <pre>%s</pre>
            <script>
              console.error('shown in the console');
              setTimeout(() => { throw new Error('thrown by a script'); });
              Promise.allSettled([fetch('/console/nothing-here'), fetch('http://localhost:1/elsewhere')])
                  .then(() => { document.title = 'done'; });
            </script>
            </main></body></html>
            """.formatted("wide ".repeat(400));

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "text/html;charset=UTF-8",
            "Content-Security-Policy",
                    "default-src 'none'; img-src data:; script-src 'unsafe-inline'; connect-src 'self' http://localhost:1");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void notesEveryKindOfFault() {
        try (Visitor visitor = CHROMIUM.visit(Language.ENGLISH)) {
            visitor.page()
                    .route(
                            "**/console/faulty",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setHeaders(HEADERS)
                                    .setBody(FAULTY)));

            visitor.open("/faulty");
            assertThat(visitor.page()).hasTitle("done");
            visitor.judge("faulty");

            assertThatThrownBy(visitor::assertNothingWentWrong)
                    .hasMessageContaining("refused by the security policy: style-src-attr")
                    .hasMessageContaining("console error: shown in the console")
                    .hasMessageContaining("script failed: ")
                    .hasMessageContaining("thrown by a script")
                    .hasMessageContaining("answered 404: " + Visitor.CONSOLE + "/nothing-here")
                    .hasMessageContaining("asked another host: http://localhost:1/elsewhere")
                    .hasMessageContaining("no answer: http://localhost:1/elsewhere")
                    .hasMessageContaining("faulty (en dark-390): image-alt")
                    .hasMessageContaining("faulty (en light-1280): wider than the window");
        }
    }
}
