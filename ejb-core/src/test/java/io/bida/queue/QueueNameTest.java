package io.bida.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "a-b", "a--", "0-9-Az"})
    void lettersDigitsAndHyphensAreAName(String value) {
        assertThat(new QueueName(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-a", "a.b", "a_b", "a b", "a/b", "\u00e9", "\u961f\u5217", "a\u0000", "a%20"})
    void anyOtherCharacterIsRefused(String value) {
        assertThatThrownBy(() -> new QueueName(value)).isInstanceOf(InvalidQueueNameException.class);
    }

    @Test
    void oneTo255CharactersAreAName() {
        assertThat(new QueueName("q".repeat(255)).value()).hasSize(255);
    }

    @Test
    void noCharacterAndOneTooManyAreRefused() {
        assertThatThrownBy(() -> new QueueName("")).isInstanceOf(QueueNameLengthException.class);
        assertThatThrownBy(() -> new QueueName("q".repeat(256))).isInstanceOf(QueueNameLengthException.class);
    }

    @Test
    void upperAndLowerCaseAreDifferentNames() {
        assertThat(new QueueName("Q")).isNotEqualTo(new QueueName("q"));
    }
}
