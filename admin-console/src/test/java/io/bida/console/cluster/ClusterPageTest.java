package io.bida.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.console.ConsoleTester;
import io.bida.console.FakeClusterService;
import io.bida.console.Language;
import io.bida.console.account.LoginPage;
import io.bida.console.error.AccessDeniedPage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterPageTest {

    private static final String VERDICT = "live:cluster:verdict:";
    private static final String THIRD = "live:cluster:node:2:cells:";

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.PLATFORM_ADMIN);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void saysThatAnyNodeCanBeLostAndHowEachIs() {
        tester.cluster().becomeThree();

        tester.open("cluster");

        assertThat(tester.cluster().calls()).isEqualTo(1);
        tester.assertRenderedPage(ClusterPage.class);
        tester.assertLabel(VERDICT + "answer", "Yes, any one.");
        tester.assertLabel(
                VERDICT + "reason", "Every message has its copies, and the other nodes can go on without it.");
        tester.assertLabel("live:cluster:facts:epochFact:epoch", "1,234");
        tester.assertLabel("live:cluster:facts:membersFact:members", "n1, n2, n3");
        tester.assertLabel("live:cluster:facts:fewest", "3");
        tester.assertLabel("live:cluster:facts:minimum", "2");
        tester.assertLabel(THIRD + "name", "n3");
        tester.assertLabel(THIRD + "address", "http://10.0.0.1:8080");
        tester.assertLabel(THIRD + "state", "serving");
        tester.assertLabel(THIRD + "figures:led", "85");
        tester.assertLabel(THIRD + "figures:owned", "256");
        tester.assertLabel(THIRD + "figures:messages", "1,234,567,890");
        tester.assertLabel(THIRD + "figures:diskFree", "1.5\u00a0TiB");
        tester.assertLabel(THIRD + "figures:diskReserve", "512\u00a0MiB");
        tester.assertLabel(THIRD + "figures:uptime", "9 days 1 hour");
        tester.assertLabel(THIRD + "figures:version", "1.2.3");
        tester.assertInvisible("live:cluster:alone");
        tester.assertInvisible("live:cluster:progress");
        assertThat(tester.valuesOf("data-state")).containsExactly("SERVING", "SERVING", "SERVING");
        assertThat(tester.valuesOf("datetime")).containsExactly(FakeClusterService.TAKEN_AT.toString());
    }

    @Test
    void saysPlainlyThatANodeStandsAlone() {
        tester.open("cluster");

        tester.assertLabel(VERDICT + "answer", "No.");
        tester.assertLabel(VERDICT + "reason", "This node stands alone: there is one copy of every message.");
        tester.assertVisible("live:cluster:alone");
        tester.assertInvisible("live:cluster:facts:epochFact");
        tester.assertInvisible("live:cluster:facts:membersFact");
        tester.assertLabel("live:cluster:node:0:cells:name", "bida");
    }

    @Test
    void showsANodeThatDoesNotAnswerAsSuchAndSinceWhen() {
        tester.cluster().becomeThree();
        tester.cluster().loseTheThird("n3");

        tester.open("cluster");

        tester.assertLabel(VERDICT + "answer", "No.");
        tester.assertLabel(
                VERDICT + "reason",
                "With one node fewer there could not be the 2 copies that every message must have.");
        tester.assertLabel(THIRD + "state", "not answering");
        tester.assertInvisible(THIRD + "detail");
        tester.assertInvisible(THIRD + "figures");
        tester.assertVisible(THIRD + "silence");
        assertThat(tester.valuesOf("datetime")).contains("2026-11-23T11:58:29Z");
        assertThat(tester.valuesOf("data-state")).containsExactly("SERVING", "SERVING", "NOT_ANSWERING");
    }

    @Test
    void showsHowFarTheCopyingIs() {
        tester.cluster().becomeThree();
        tester.cluster().fillTheThird(200);

        tester.open("cluster");

        tester.assertLabel("live:cluster:progress:toCopy", "Copying: 200 of 512 segment copies to go");
        assertThat(tester.answer()).contains("max=\"512\" value=\"312\"");
        tester.assertLabel(THIRD + "state", "joining");
        tester.assertLabel(THIRD + "figures:toCome", "200 to come");
    }

    @Test
    void showsWhatANodeWaitsFor() {
        tester.cluster().becomeThree();
        tester.cluster().fillTheThird(200);

        tester.open("cluster");

        tester.assertLabel(THIRD + "detail", "is filled by the others");
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH,leaving", "SIMPLIFIED_CHINESE,离开中"})
    void showsANodeThatLeavesAsSuch(Language language, String word) {
        tester.speak(language);
        tester.cluster().becomeThree();
        tester.cluster().dismissTheThird();

        tester.open("cluster");

        tester.assertLabel(THIRD + "state", word);
        tester.assertLabel(THIRD + "detail", "hands over to the others");
        assertThat(tester.valuesOf("data-state")).containsExactly("SERVING", "SERVING", "LEAVING");
    }

    @Test
    void tellsItsScriptWhatToSayWhenItIsNotUpToDate() {
        tester.open("cluster");

        assertThat(tester.valuesOf("data-text-stale"))
                .containsExactly("Not up to date since {0}: the server does not answer");
        assertThat(tester.answer()).contains("data-live-content");
    }

    @Test
    void hostileNameOfANodeIsText() {
        tester.cluster().becomeThree();
        tester.cluster().loseTheThird("<img src=x>");

        tester.open("cluster");

        assertThat(tester.answer()).contains("&lt;img src=x&gt;").doesNotContain("<img src=x");
    }

    @Test
    void speaksChinese() {
        tester.speak(Language.SIMPLIFIED_CHINESE);
        tester.cluster().becomeThree();
        tester.cluster().loseTheThird("n3");

        tester.open("cluster");

        tester.assertLabel(VERDICT + "answer", "不可以。");
        tester.assertLabel(THIRD + "state", "无响应");
    }

    static List<Arguments> reasonsInBothLanguages() {
        List<Arguments> all = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            for (Language language : Language.values()) {
                all.add(Arguments.of(reason, language));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("reasonsInBothLanguages")
    void everyReasonHasWords(Reason reason, Language language) {
        tester.speak(language);
        tester.cluster().becomeThree();
        tester.cluster().judge(reason, "n9");

        tester.open("cluster");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(200);
        assertThat(tester.getComponentFromLastRenderedPage(VERDICT + "reason").getDefaultModelObjectAsString())
                .isNotBlank()
                .doesNotContain("{0}");
    }

    @ParameterizedTest
    @EnumSource(value = ConsoleRole.class, mode = Mode.EXCLUDE, names = "PLATFORM_ADMIN")
    void isForThePlatformAdministratorOnly(ConsoleRole role) {
        tester.signIn(role);

        tester.open("cluster");

        tester.assertRenderedPage(AccessDeniedPage.class);
        assertThat(tester.cluster().calls()).isZero();
        tester.open("queues");
        tester.assertInvisible("navigation:cluster");
    }

    @Test
    void isInTheNavigation() {
        tester.open("queues?account=" + ConsoleTester.ACCOUNT);

        tester.clickLink("navigation:cluster");

        tester.assertRenderedPage(ClusterPage.class);
        assertThat(tester.valuesOf("aria-current")).containsExactly("true");
    }

    @Test
    void whoIsNotSignedInSignsInFirst() {
        tester.session().signOut();

        tester.open("cluster");

        tester.assertRenderedPage(LoginPage.class);
    }
}
