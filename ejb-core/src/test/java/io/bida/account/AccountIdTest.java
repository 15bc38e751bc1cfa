package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "1234567890123456", "01234567890123456789012345678901"})
    void oneToThirtyTwoDigitsAreAnAccountId(String value) {
        assertThat(new AccountId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012345678901234567890123456789012", "12a", "-1", "1 ", "\u0661"})
    void anythingElseIsNot(String value) {
        assertThatThrownBy(() -> new AccountId(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
