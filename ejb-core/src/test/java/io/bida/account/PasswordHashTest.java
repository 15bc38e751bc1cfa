package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

    @Test
    void onlyTheRightPasswordMatches() {
        PasswordHash hash = PasswordHash.of("correct horse");

        assertThat(hash.matches("correct horse")).isTrue();
        assertThat(hash.matches("correct horsf")).isFalse();
    }

    @Test
    void itSurvivesTheDatabase() {
        PasswordHash hash = PasswordHash.of("correct horse");

        assertThat(PasswordHash.parse(hash.text())).isEqualTo(hash);
    }

    @Test
    void eachHashHasItsOwnSaltAndAllRounds() {
        PasswordHash first = PasswordHash.of("same");
        PasswordHash second = PasswordHash.of("same");

        assertThat(first.text()).isNotEqualTo(second.text());
        assertThat(first.iterations()).isEqualTo(600_000);
    }

    @Test
    void itFitsItsColumn() {
        assertThat(PasswordHash.of("any").text()).hasSizeLessThan(255);
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> PasswordHash.parse("$6$salt$hash")).isInstanceOf(IllegalArgumentException.class);
    }
}
