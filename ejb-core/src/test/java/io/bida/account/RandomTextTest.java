package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomTextTest {

    @Test
    void accountIdsLookLikeTheRealOnes() {
        assertThat(Stream.generate(RandomText::accountId).limit(1000))
                .allSatisfy(id -> assertThat(id.value()).matches("[1-9][0-9]{15}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void keysAndPasswordsAreLettersAndDigits() {
        assertThat(RandomText.accessKeyId()).matches("[A-Za-z0-9]{24}");
        assertThat(RandomText.accessKeySecret()).matches("[A-Za-z0-9]{40}");
        assertThat(RandomText.password()).matches("[A-Za-z0-9]{20}");
    }
}
