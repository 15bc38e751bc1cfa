package io.bida.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.ConsoleTester;
import io.bida.console.FakeClusterService;
import io.bida.console.Language;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LiveClusterResourceTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.PLATFORM_ADMIN);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void givesWhatThePageShowsInTheSameParts() {
        tester.cluster().becomeThree();
        tester.cluster().fillTheThird(7);
        tester.open("cluster");
        List<String> parts = tester.valuesOf("data-part");
        assertThat(parts).containsExactly("verdict", "alone", "facts", "progress", "node n1", "node n2", "node n3");
        String page = tester.answer();

        tester.open("live/cluster");

        assertThat(tester.valuesOf("data-part")).isEqualTo(parts);
        String content = tester.answer().strip();
        assertThat(page).contains(content);
        assertThat(content).doesNotContain("<html", "<head", "wicket:");
        assertThat(tester.getLastResponse().getContentType()).startsWith("text/html");
        assertThat(tester.getLastResponse().getHeader("Cache-Control")).contains("no-store");
        assertThat(tester.getLastResponse().getHeader("X-Taken-At")).isEqualTo(FakeClusterService.TAKEN_AT.toString());
    }

    @Test
    void speaksTheLanguageOfThePage() {
        tester.speak(Language.SIMPLIFIED_CHINESE);

        tester.open("live/cluster");

        assertThat(tester.answer()).contains("现在可以失去一个节点吗？");
    }

    @Test
    void addressOnThePageIsTheResource() {
        tester.open("cluster");

        assertThat(tester.valuesOf("data-live")).containsExactly("./live/cluster");
    }

    @Test
    void tellsWhoIsNotSignedInThatTheyAreNot() {
        tester.session().signOut();

        tester.open("live/cluster");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(401);
        assertThat(tester.cluster().calls()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = ConsoleRole.class, mode = Mode.EXCLUDE, names = "PLATFORM_ADMIN")
    void refusesEveryOtherRole(ConsoleRole role) {
        tester.signIn(role);

        tester.open("live/cluster");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(403);
        assertThat(tester.answer()).isEmpty();
        assertThat(tester.cluster().calls()).isZero();
    }
}
