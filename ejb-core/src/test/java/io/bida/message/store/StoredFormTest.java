package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.store.Deliveries.Delivery;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Bytes as every release so far has written them.
 *
 * <p>Never change a literal here: nodes in use hold such bytes. A new version gets a literal of its own, and the old
 * ones stay, to be read.
 */
class StoredFormTest {

    private static final long ENQUEUED = 0x0000_01A3_185C_5000L;

    private static final MessageProperties PROPERTIES = new MessageProperties(
            Optional.of("g"),
            List.of(new MessageProperty("traceparent", "00-ab", MessageProperty.Type.STRING)),
            List.of(
                    new MessageProperty("n", "1", MessageProperty.Type.NUMBER),
                    new MessageProperty("b", "true", MessageProperty.Type.BOOLEAN),
                    new MessageProperty("x", "", MessageProperty.Type.BINARY)));

    private static final String BUNDLE_1 = hex(
            "01 02 000001A3185C5000 00054600",
            "00 01 00000000 00000032 00000006 00000000",
            "01 10 00093A80 00000038 00000004 00000049",
            "61C3BCE5BF85",
            "F09F9880",
            "00000001 67 00000001 00000003",
            "00 0000000B 7472616365706172656E74 00000005 30302D6162",
            "01 00000001 6E 00000001 31",
            "02 00000001 62 00000004 74727565",
            "03 00000001 78 00000000");

    private static final String BUNDLE_1_WITHOUT_SLOT_0 = hex(
            "01 01 000001A3185C5000 00054600",
            "01 10 00093A80 00000020 00000004 00000049",
            "F09F9880",
            "00000001 67 00000001 00000003",
            "00 0000000B 7472616365706172656E74 00000005 30302D6162",
            "01 00000001 6E 00000001 31",
            "02 00000001 62 00000004 74727565",
            "03 00000001 78 00000000");

    private static final String DELIVERIES_1 = hex(
            "01 01 000000000000000F 0000000000000004",
            "00 00000002 000001A3185C5000 000001A3185CC530 0000004D",
            "03 00000000 0000000000000000 000001A3185C53E8 00000000");

    private static final String DELIVERIES_2 = hex(
            "02 01 000000000000000F 0000000000000004 0000000000000001",
            "00 00000002 000001A3185C5000 000001A3185CC530 0000004D",
            "03 00000000 0000000000000000 000001A3185C53E8 00000000");

    private static final String DELIVERIES_2_CHANGED_AGAIN = hex(
            "02 00 000000000000000F 0000000000000004 0000000000000002",
            "00 00000002 000001A3185C5000 000001A3185CC530 0000004D",
            "03 00000000 0000000000000000 000001A3185C53E8 00000000");

    private static final String DELIVERIES_1_NOT_FLUSHED = hex(
            "01 00 000000000000000F 0000000000000004",
            "00 00000002 000001A3185C5000 000001A3185CC530 0000004D",
            "03 00000000 0000000000000000 000001A3185C53E8 00000000");

    @Test
    void bundleIsWrittenInVersion1() {
        assertThat(hexOf(bundle().bytes())).isEqualTo(BUNDLE_1);
        assertThat(hexOf(bundle().retain(0b10).bytes())).isEqualTo(BUNDLE_1_WITHOUT_SLOT_0);
    }

    @Test
    void bundleOfVersion1IsRead() {
        Bundle whole = Bundle.of(bytesOf(BUNDLE_1));

        assertThat(whole.enqueuedAtMillis()).isEqualTo(ENQUEUED);
        assertThat(whole.retentionSeconds()).isEqualTo(345_600);
        assertThat(whole.slots()).isEqualTo(0b11);
        assertThat(whole.body(0)).hasToString("aü必");
        assertThat(whole.priority(0)).isEqualTo(1);
        assertThat(whole.delaySeconds(0)).isZero();
        assertThat(whole.properties(0)).isEqualTo(MessageProperties.NONE);
        checkSecondMessage(whole, 1);
    }

    @Test
    void bundleOfVersion1WrittenSmallerIsRead() {
        Bundle smaller = Bundle.of(bytesOf(BUNDLE_1_WITHOUT_SLOT_0));

        assertThat(smaller.slots()).isEqualTo(0b10);
        checkSecondMessage(smaller, 0);
    }

    private static void checkSecondMessage(Bundle bundle, int index) {
        assertThat(bundle.slot(index)).isEqualTo(1);
        assertThat(bundle.body(index)).hasToString("\uD83D\uDE00");
        assertThat(bundle.priority(index)).isEqualTo(16);
        assertThat(bundle.delaySeconds(index)).isEqualTo(604_800);
        assertThat(bundle.properties(index)).isEqualTo(PROPERTIES);
    }

    @Test
    void deliveryStateIsWrittenInVersion2() {
        Deliveries.Change change = Deliveries.none(
                        BundleTest.bundleOf(aMessage("a"), aMessage("b"), aMessage("c"), aMessage("d")))
                .change();
        change.set(3, new Delivery(0, 0, ENQUEUED + 1_000, Deliveries.NEVER_RECEIVED));
        change.set(0, new Delivery(2, ENQUEUED, ENQUEUED + 30_000, 77));
        change.delete(2);
        Deliveries state = change.done();

        assertThat(hexOf(Objects.requireNonNull(state.stored()))).isEqualTo(DELIVERIES_2);
        assertThat(hexOf(Objects.requireNonNull(state.change().done().stored())))
                .isEqualTo(DELIVERIES_2_CHANGED_AGAIN);
    }

    @Test
    void deliveryStateOfVersion1IsRead() {
        checkState(Deliveries.of(bytesOf(DELIVERIES_1)));
        assertThat(Deliveries.mustBeFlushed(bytesOf(DELIVERIES_1))).isTrue();
        assertThat(Deliveries.mustBeFlushed(bytesOf(DELIVERIES_1_NOT_FLUSHED))).isFalse();
        assertThat(Deliveries.hasDeletions(bytesOf(DELIVERIES_1_NOT_FLUSHED))).isTrue();
    }

    @Test
    void deliveryStateOfVersion2IsRead() {
        checkState(Deliveries.of(bytesOf(DELIVERIES_2)));
        assertThat(Deliveries.mustBeFlushed(bytesOf(DELIVERIES_2))).isTrue();
        assertThat(Deliveries.mustBeFlushed(bytesOf(DELIVERIES_2_CHANGED_AGAIN)))
                .isFalse();
        assertThat(Deliveries.hasDeletions(bytesOf(DELIVERIES_2_CHANGED_AGAIN))).isTrue();
    }

    @Test
    void deliveryStateOfVersion2IsNewerThanOneOfVersion1() {
        Deliveries older = Deliveries.of(bytesOf(DELIVERIES_1));
        Deliveries newer = older.change().done();

        assertThat(hexOf(Objects.requireNonNull(older.mergedWith(newer).stored())))
                .startsWith("02")
                .isEqualTo(hexOf(Objects.requireNonNull(newer.stored())));
        assertThat(newer.mergedWith(older)).isSameAs(newer);
    }

    private static void checkState(Deliveries state) {
        assertThat(state.alive()).isEqualTo(0b1011);
        assertThat(state.delivery(0)).isEqualTo(new Delivery(2, ENQUEUED, ENQUEUED + 30_000, 77));
        assertThat(state.delivery(1)).isNull();
        assertThat(state.delivery(2)).isNull();
        assertThat(state.delivery(3)).isEqualTo(new Delivery(0, 0, ENQUEUED + 1_000, Deliveries.NEVER_RECEIVED));
    }

    @Test
    void keysOnDiskAreOfVersion1() {
        BundleKey key = new BundleKey(0xA7, 3, 0x0031_68FC_AC40_0001L);
        String stored = hex("00000000000000A7 0003 003168FCAC400001");

        assertThat(hexOf(key.bytes())).isEqualTo(stored);
        assertThat(BundleKey.of(bytesOf(stored))).isEqualTo(key);
        assertThat(hexOf(EntryKind.BUNDLE.onDisk(0x87, key.bytes()))).isEqualTo("620087" + stored);
        assertThat(hexOf(EntryKind.DELIVERIES.onDisk(0x87, key.bytes()))).isEqualTo("640087" + stored);
        assertThat(EntryKind.cacheKey(bytesOf("620087" + stored))).isEqualTo(key.bytes());
    }

    private static Bundle bundle() {
        return Bundle.pack(
                List.of(
                        aMessage("aü必").ofPriority(1).build(),
                        aMessage("\uD83D\uDE00").ofPriority(16).with(PROPERTIES).build()),
                new int[] {0, 604_800},
                ENQUEUED,
                345_600);
    }

    private static String hex(String... parts) {
        return String.join("", parts).replace(" ", "");
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static byte[] bytesOf(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
