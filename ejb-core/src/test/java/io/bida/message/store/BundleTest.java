package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.MessageToSend;
import io.bida.message.NewMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final long NOW = 1_800_000_000_123L;

    @Test
    void packedMessagesAreReadBackAsTheyWere() {
        Bundle bundle = stored(Bundle.pack(
                List.of(
                        aMessage("one").ofPriority(1).build(),
                        aMessage("zwei ü 必达 \uD83D\uDE00").ofPriority(16).build()),
                new int[] {0, 604_800},
                NOW,
                345_600));

        assertThat(bundle.entries()).isEqualTo(2);
        assertThat(bundle.enqueuedAtMillis()).isEqualTo(NOW);
        assertThat(bundle.retentionSeconds()).isEqualTo(345_600);
        assertThat(bundle.body(0)).isEqualTo(MessageBody.of("one"));
        assertThat(bundle.body(1)).isEqualTo(MessageBody.of("zwei ü 必达 \uD83D\uDE00"));
        assertThat(bundle.priority(0)).isEqualTo(1);
        assertThat(bundle.priorityOf(1).value()).isEqualTo(16);
        assertThat(bundle.delaySeconds(1)).isEqualTo(604_800);
        assertThat(bundle.visibleFromMillis(0)).isZero();
        assertThat(bundle.visibleFromMillis(1)).isEqualTo(NOW + 604_800_000L);
    }

    @Test
    void messagesStandInSlotsInTheOrderOfPacking() {
        Bundle bundle = stored(bundleOf(64));

        assertThat(bundle.entries()).isEqualTo(64);
        assertThat(bundle.slots()).isEqualTo(-1L);
        for (int slot = 0; slot < 64; slot++) {
            assertThat(bundle.slot(slot)).isEqualTo(slot);
            assertThat(bundle.indexOf(slot)).isEqualTo(slot);
            assertThat(bundle.body(slot)).hasToString("body " + slot);
        }
    }

    @Test
    void slotThatIsNotHeldHasNoIndex() {
        assertThat(bundleOf(3).indexOf(3)).isEqualTo(-1);
        assertThat(bundleOf(3).slots()).isEqualTo(0b111);
    }

    @Test
    void propertiesOfEveryKindAreKept() {
        List<MessageProperties> all = List.of(
                MessageProperties.NONE,
                new MessageProperties(Optional.of("group"), List.of(), List.of()),
                new MessageProperties(Optional.of(""), List.of(), List.of()),
                new MessageProperties(
                        Optional.empty(),
                        List.of(new MessageProperty("traceparent", "00-ab", MessageProperty.Type.STRING)),
                        Arrays.stream(MessageProperty.Type.values())
                                .map(type -> new MessageProperty("n " + type, "\uD83D\uDE00 " + type, type))
                                .toList()),
                new MessageProperties(
                        Optional.of("必达"),
                        List.of(),
                        List.of(new MessageProperty("empty", "", MessageProperty.Type.BINARY))));

        Bundle bundle = stored(
                bundleOf(all.stream().map(each -> aMessage("body").with(each)).toArray(MessageToSend[]::new)));

        for (int i = 0; i < all.size(); i++) {
            assertThat(bundle.properties(i)).isEqualTo(all.get(i));
            assertThat(bundle.body(i)).hasToString("body");
        }
    }

    @Test
    void asManyPropertiesAsAMessageOfTheRelaxedLimitHoldsAreKept() {
        List<MessageProperty> many = IntStream.range(0, 70_000)
                .mapToObj(i -> new MessageProperty(Integer.toString(i), "", MessageProperty.Type.STRING))
                .toList();
        MessageProperties properties = new MessageProperties(Optional.empty(), List.of(), many);

        assertThat(stored(bundleOf(aMessage("body").with(properties))).properties(0))
                .isEqualTo(properties);
    }

    @Test
    void emptyBodyIsKept() {
        assertThat(stored(bundleOf(aMessage(""), aMessage("after"))).body(0)).hasToString("");
        assertThat(stored(bundleOf(aMessage(""), aMessage("after"))).body(1)).hasToString("after");
    }

    @Test
    void bodyNeedNotBeText() {
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        NewMessage message = new NewMessage(
                MessageBody.ofBytes(bytes),
                aMessage("").build().priority(),
                aMessage("").build().delaySeconds(),
                MessageProperties.NONE);

        assertThat(stored(Bundle.pack(List.of(message), new int[1], NOW, 60))
                        .body(0)
                        .bytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void retainedMessagesKeepSlotAndContentAlsoWhenRetainedAgain(long seed) {
        Random random = new Random(seed);
        List<MessageToSend> messages = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            MessageToSend message = aMessage("x".repeat(random.nextInt(50)) + i).ofPriority(1 + random.nextInt(16));
            messages.add(
                    random.nextBoolean()
                            ? message
                            : message.with(new MessageProperties(Optional.of("g".repeat(i)), List.of(), List.of())));
        }
        Bundle whole = bundleOf(messages.toArray(MessageToSend[]::new));
        long first = random.nextLong() | 1L << 63 | 1;
        long second = random.nextLong() | 1L << 63;

        Bundle retained = stored(whole.retain(first).retain(second));

        assertThat(retained.slots()).isEqualTo(first & second);
        assertThat(retained.entries()).isEqualTo(Long.bitCount(first & second));
        assertThat(retained.length()).isLessThan(whole.length());
        assertThat(retained.enqueuedAtMillis()).isEqualTo(whole.enqueuedAtMillis());
        assertThat(retained.retentionSeconds()).isEqualTo(whole.retentionSeconds());
        for (int i = 0; i < retained.entries(); i++) {
            int slot = retained.slot(i);
            assertThat(retained.indexOf(slot)).isEqualTo(i);
            assertThat(retained.body(i)).isEqualTo(whole.body(slot));
            assertThat(retained.properties(i)).isEqualTo(whole.properties(slot));
            assertThat(retained.priority(i)).isEqualTo(whole.priority(slot));
            assertThat(retained.delaySeconds(i)).isEqualTo(whole.delaySeconds(slot));
        }
    }

    @Test
    void retainingEverythingChangesNoByte() {
        Bundle whole = bundleOf(64);

        assertThat(whole.retain(-1L).bytes()).isEqualTo(whole.bytes());
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        byte[] later = bundleOf(1).bytes().clone();
        later[0] = 2;

        assertThatThrownBy(() -> Bundle.of(later)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bundle.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bundle.of(new byte[] {1, 1, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bundle bundleOf(int messages) {
        return bundleOf(IntStream.range(0, messages)
                .mapToObj(i -> aMessage("body " + i))
                .toArray(MessageToSend[]::new));
    }

    static Bundle bundleOf(MessageToSend... messages) {
        return Bundle.pack(
                Arrays.stream(messages).map(MessageToSend::build).toList(), new int[messages.length], NOW, 60);
    }

    private static Bundle stored(Bundle bundle) {
        return Bundle.of(bundle.bytes());
    }
}
