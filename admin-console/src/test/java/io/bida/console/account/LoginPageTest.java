package io.bida.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.console.ConsoleSession;
import io.bida.console.ConsoleTester;
import io.bida.console.Language;
import io.bida.console.error.DatabaseUnavailablePage;
import io.bida.console.queue.QueueListPage;
import org.apache.wicket.util.tester.FormTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginPageTest {

    private final ConsoleTester tester = ConsoleTester.start();

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void rightPasswordLeadsToTheQueues() {
        signInWith("known", ConsoleTester.PASSWORD);

        tester.assertRenderedPage(QueueListPage.class);
        assertThat(tester.session().person()).map(SignedInPerson::name).contains("known");
    }

    @Test
    void rightPasswordLeadsBackToThePageThatWasAskedFor() {
        tester.open("queues?prefix=or");
        tester.assertRenderedPage(LoginPage.class);

        fillIn("known", ConsoleTester.PASSWORD);

        tester.assertRenderedPage(QueueListPage.class);
        assertThat(tester.getLastRenderedPage()
                        .getPageParameters()
                        .get("prefix")
                        .toString())
                .isEqualTo("or");
    }

    @Test
    void sessionGetsAnotherIdWithSigningIn() {
        tester.session().bind();
        String before = tester.getHttpSession().getId();

        signInWith("known", ConsoleTester.PASSWORD);

        assertThat(tester.getHttpSession().getId()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"known,wrong", "nobody,right", "'\"><img src=x onerror=alert(1)>',right"})
    void everyRefusalReadsTheSame(String name, String password) {
        signInWith(name, password);

        tester.assertRenderedPage(LoginPage.class);
        tester.assertErrorMessages(
                "Name or password is not right, or sign-in is locked for a while after too many tries.");
        assertThat(tester.session().person()).isEmpty();
        assertThat(tester.answer()).doesNotContain("<img src=x").doesNotContain(password + "\"");
    }

    @Test
    void lostDatabaseIsExplainedAndIsNoWrongPassword() {
        tester.loseTheDatabase();

        signInWith("known", ConsoleTester.PASSWORD);

        tester.assertRenderedPage(DatabaseUnavailablePage.class);
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(503);
        assertThat(tester.answer())
                .contains("a database that does not answer at the moment")
                .contains("Messages go on")
                .contains("the catalogue&#039;s database does not answer")
                .doesNotContain("Name or password is not right");
        assertThat(tester.session().person()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ENGLISH,Too many people are signing in just now. Please try again in a moment.",
        "SIMPLIFIED_CHINESE,当前登录的人过多，请稍后再试。"
    })
    void whoComesWhileTooManySignInIsAskedToTryAgainAndNotToldOfAWrongPassword(Language language, String words) {
        tester.speak(language);
        tester.crowdTheSignIn();

        signInWith("known", ConsoleTester.PASSWORD);

        tester.assertRenderedPage(LoginPage.class);
        tester.assertErrorMessages(words);
        assertThat(tester.session().person()).isEmpty();
    }

    @Test
    void lostDatabaseIsExplainedInChinese() {
        tester.speak(Language.SIMPLIFIED_CHINESE);
        tester.loseTheDatabase();

        signInWith("known", ConsoleTester.PASSWORD);

        assertThat(tester.answer())
                .contains("lang=\"zh-CN\"")
                .contains("数据库目前没有响应")
                .contains("消息收发不受影响")
                .doesNotContain("Warning: Property");
    }

    @Test
    void emptyFieldsAreNamed() {
        signInWith("", "");

        tester.assertErrorMessages("Please fill in: Name.", "Please fill in: Password.");
    }

    @Test
    void nameOfMoreThan256CharactersIsNotLookedAt() {
        signInWith("known" + "n".repeat(252), ConsoleTester.PASSWORD);

        tester.assertErrorMessages("Name may have 256 characters at most.");
    }

    @Test
    void pageKeepsNothingOnTheServer() {
        tester.startPage(LoginPage.class);

        assertThat(tester.getLastRenderedPage().isPageStateless()).isTrue();
        assertThat(tester.session().isTemporary()).isTrue();
    }

    @Test
    void signingOutEndsTheSession() {
        signInWith("known", ConsoleTester.PASSWORD);

        tester.newFormTester("signedIn:signOut").submit();

        tester.assertRenderedPage(LoginPage.class);
        tester.assertInfoMessages("You are signed out.");
        assertThat(ConsoleSession.get().person()).isEmpty();
    }

    @Test
    void speaksChinese() {
        tester.speak(Language.SIMPLIFIED_CHINESE);
        signInWith("known", "wrong");

        tester.assertErrorMessages("用户名或密码不正确，或因尝试次数过多而暂时锁定登录。");
        assertThat(tester.answer()).contains("lang=\"zh-CN\"").contains(">密码<");
    }

    private void signInWith(String name, String password) {
        tester.startPage(LoginPage.class);
        fillIn(name, password);
    }

    private void fillIn(String name, String password) {
        FormTester form = tester.newFormTester("login");
        form.setValue("name", name);
        form.setValue("password", password);
        form.submit();
    }
}
