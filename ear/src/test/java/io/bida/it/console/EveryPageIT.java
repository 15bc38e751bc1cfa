package io.bida.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.bida.it.ServerUnderTest;
import io.bida.it.rest.Documents;
import io.bida.it.rest.TestQueue;
import io.bida.it.rest.TestServer;
import io.bida.it.rest.XmlElement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page in both languages, both themes, on a laptop and on a telephone.
 *
 * <p>With {@code -Dbida.it.pictures=FOLDER} (absolute) it writes pictures: wide ones in English and both themes, narrow
 * ones in Chinese and light. {@code docs/images/README.md} has the command that made those there.
 */
@Isolated("the account is seen without queues, and then with known ones only")
class EveryPageIT {

    private static final String LARGE = "1,234,567,890";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @AfterEach
    void bringBackTheQueueOfTheFirstStart() {
        server.call(server.put("/queues/demo").body(Documents.queue())).assertStatus(201);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void obeysWcagAndFitsItsWindow(Language language) {
        removeEveryQueue();
        try (Visitor visitor = CHROMIUM.visit(language)) {
            lookAtSigningIn(visitor);
            lookAtErrors(visitor);
            lookAtTheCluster(visitor);
            lookAtNoQueues(visitor);
            lookAtQueues(visitor);
            lookAtManyQueuesWithLongNamesAndLargeCounts(visitor);
            visitor.assertNothingWentWrong();
        }
    }

    private void lookAtSigningIn(Visitor visitor) {
        visitor.open(Visitor.QUEUES); // leads to signing in
        look(visitor, "login");
        visitor.signIn("not the password");
        assertThat(visitor.page().getByRole(AriaRole.ALERT)).isVisible();
        look(visitor, "login-refused");
        visitor.signIn(ServerUnderTest.adminPassword());
        assertThat(visitor.page().locator(".empty-state")).isVisible();
    }

    private void lookAtErrors(Visitor visitor) {
        visitor.open("/nothing-here", 404);
        look(visitor, "not-found");
        visitor.open("/queues?account=42", 403);
        look(visitor, "access-denied");
        visitor.open("/expired", 410);
        look(visitor, "expired");
    }

    private void lookAtTheCluster(Visitor visitor) {
        visitor.open("/cluster");
        assertThat(visitor.page().locator("tr[data-state=SERVING]")).hasCount(1);
        Locator takenAt = visitor.page().locator("time[data-live-taken-at]");
        String first = takenAt.getAttribute("datetime");
        assertThat(takenAt).not().hasAttribute("datetime", first); // within 5 s: it refreshes by itself
        assertThat(visitor.page().locator("[data-live-line]")).hasAttribute("data-state", "live");
        look(visitor, "cluster-alone");
    }

    private void lookAtNoQueues(Visitor visitor) {
        visitor.open("/accounts");
        look(visitor, "accounts");
        visitor.open(Visitor.QUEUES);
        look(visitor, "queues-none");
    }

    private void lookAtQueues(Visitor visitor) {
        fill(make("orders"), 140, 24, 0);
        fill(make("orders-retry"), 3, 0, 16);
        fill(make("invoices"), 0, 0, 0);
        fill(make("stock-changes"), 1200, 0, 0);
        fill(make("webhooks"), 9, 2, 0);
        visitor.open(Visitor.QUEUES);
        look(visitor, "queues");
        visitor.open(Visitor.QUEUES + "&prefix=nothing");
        look(visitor, "queues-no-match");
        visitor.open("/create-queue");
        look(visitor, "create-queue");
        visitor.page().locator("main input[type=text]").fill("no_underscores");
        visitor.page().locator("main button[type=submit]").click();
        assertThat(visitor.page().getByRole(AriaRole.ALERT)).containsText("InvalidQueueName");
        look(visitor, "create-queue-refused");
        visitor.open("/queues/orders/delete");
        look(visitor, "delete-queue");
    }

    private void lookAtManyQueuesWithLongNamesAndLargeCounts(Visitor visitor) {
        make("many-a" + "n".repeat(249));
        make("many-b" + "-of-several-words".repeat(20).substring(0, 249));
        IntStream.rangeClosed(1, 19).forEach(i -> make("many-q%02d".formatted(i)));
        visitor.page().route("**/live/queues*", EveryPageIT::enlarge);
        visitor.open(Visitor.QUEUES + "&prefix=many");
        for (String which : List.of("visible", "inFlight", "delayed")) {
            assertThat(visitor.page().locator("[data-count=" + which + "]").first())
                    .hasText(LARGE);
        }
        look(visitor, "queues-many");
        visitor.open("/queues/many-a" + "n".repeat(249) + "/delete");
        look(visitor, "delete-queue-long-name");
    }

    /** No account of a test gets ten-digit counts by sending. */
    private static void enlarge(Route route) {
        APIResponse answer = route.fetch();
        route.fulfill(new Route.FulfillOptions()
                .setResponse(answer)
                .setBody(answer.text()
                        .replaceAll("(\"visible\"|\"inFlight\"|\"delayed\"):\\d+", "$1:" + LARGE.replace(",", ""))));
    }

    private void look(Visitor visitor, String what) {
        visitor.inEveryLook(look -> {
            visitor.judge(what, look);
            visitor.takePicture(what, look);
        });
    }

    private TestQueue make(String name) {
        TestQueue queue = server.queue(server.toBeDeleted(name));
        server.call(server.put(queue.path()).body(Documents.queue())).assertStatus(201);
        return queue;
    }

    private static void fill(TestQueue queue, int visible, int inFlight, int delayed) {
        send(queue, visible + inFlight, "");
        send(queue, delayed, Documents.element("DelaySeconds", 600));
        for (int left = inFlight; left > 0; left -= 16) {
            queue.receive("numOfMessages=" + Math.min(left, 16)).assertStatus(200);
        }
    }

    private static void send(TestQueue queue, int messages, String children) {
        for (int left = messages; left > 0; left -= 16) {
            queue.sendBatch(IntStream.range(0, Math.min(left, 16))
                            .mapToObj(i -> Documents.entry("message", children))
                            .toArray(String[]::new))
                    .assertStatus(201);
        }
    }

    private void removeEveryQueue() {
        List<String> names = namesOfAllQueues();
        while (!names.isEmpty()) {
            names.forEach(name -> server.call(server.delete("/queues/" + name)).assertStatus(204));
            names = namesOfAllQueues();
        }
    }

    private List<String> namesOfAllQueues() {
        return server.call(server.get("/queues")).assertStatus(200).xml().all("Queue").stream()
                .map((XmlElement queue) -> queue.value("QueueURL"))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
    }
}
