package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryPlacesTest {

    private final DeliveryPlaces places = new DeliveryPlaces();
    private final List<AccountId> begun = new ArrayList<>();

    private static AccountId account(int number) {
        return new AccountId(Integer.toString(number));
    }

    private void take(AccountId account, int deliveries) {
        for (int i = 0; i < deliveries; i++) {
            places.take(account, () -> begun.add(account));
        }
    }

    @Test
    void anAccountHas64PlacesAndTheOthersWait() {
        take(account(1), 70);

        assertThat(begun).hasSize(64);
        for (int i = 0; i < 6; i++) {
            places.free(account(1));
        }
        assertThat(begun).hasSize(70);
    }

    @Test
    void oneAccountDoesNotHoldUpAnother() {
        take(account(1), 1000);

        take(account(2), 1);

        assertThat(begun).contains(account(2));
    }

    @Test
    void allTogetherHave256PlacesAndTakeTurns() {
        for (int number = 1; number <= 4; number++) {
            take(account(number), 64);
        }
        take(account(5), 2);
        take(account(6), 2);
        assertThat(begun).hasSize(256).doesNotContain(account(5), account(6));
        begun.clear();

        for (int i = 0; i < 4; i++) {
            places.free(account(1));
        }

        assertThat(begun).containsExactly(account(5), account(6), account(5), account(6));
    }

    @Test
    void anAccountIsCrowdedWhen256Wait() {
        take(account(1), 64 + 255);
        assertThat(places.isCrowded(account(1))).isFalse();

        take(account(1), 1);

        assertThat(places.isCrowded(account(1))).isTrue();
        assertThat(places.isCrowded(account(2))).isFalse();
        places.free(account(1));
        assertThat(places.isCrowded(account(1))).isFalse();
    }

    @Test
    void everyAccountIsCrowdedWhen1024Wait() {
        for (int number = 1; number <= 4; number++) {
            take(account(number), 64 + 256);
        }

        assertThat(places.isCrowded(account(5))).isTrue();
    }

    @Test
    void whatWasNotTakenCannotBeFreed() {
        assertThatThrownBy(() -> places.free(account(1))).isInstanceOf(IllegalStateException.class);
    }
}
