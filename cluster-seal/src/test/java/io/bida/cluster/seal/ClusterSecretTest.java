package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {

    private static final SealedFor FOR_OTHER = SealedFor.frameFor(address(7600));

    private final byte[] secret = new byte[32];
    private final ClusterSecret one = new ClusterSecret(secret);
    private final ClusterSecret other = new ClusterSecret(secret);

    @Test
    void whatOneProcessSealsAnotherOpens() throws BrokenSealException {
        byte[] sealed = seal("Two eggs");

        assertThat(new String(open(other, sealed), UTF_8)).isEqualTo("Two eggs");
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain("eggs");
    }

    @Test
    void aPartOfAnArrayIsSealedAndOpened() throws BrokenSealException {
        ByteBuffer within = ByteBuffer.allocate(100).position(7);
        one.seal(FOR_OTHER, ByteBuffer.wrap("xxTwo eggsyy".getBytes(UTF_8), 2, 8), within);
        ByteBuffer plain = ByteBuffer.allocate(50).position(3);
        other.open(FOR_OTHER, within.flip().position(7), plain);

        assertThat(new String(plain.array(), 3, plain.position() - 3, UTF_8)).isEqualTo("Two eggs");
    }

    @Test
    void nothingIsSealedAndOpenedToo() throws BrokenSealException {
        assertThat(open(other, seal(""))).isEmpty();
    }

    @Test
    void theSameWordsAreNeverSealedAlike() {
        assertThat(seal("Two eggs")).isNotEqualTo(seal("Two eggs"));
        assertThat(seal(one, FOR_OTHER, "Two eggs")).isNotEqualTo(seal(other, FOR_OTHER, "Two eggs"));
    }

    @Test
    void anotherSecretOpensNothing() {
        ClusterSecret stranger = new ClusterSecret(filled(1));
        byte[] sealed = seal("Two eggs");

        assertThatThrownBy(() -> open(stranger, sealed))
                .isInstanceOf(BrokenSealException.class)
                .hasMessageContaining("another secret");
    }

    @Test
    void whatWasAlteredAnywhereIsNotOpened() {
        byte[] sealed = seal("Two eggs");

        for (int place = 0; place < sealed.length; place++) {
            byte[] altered = sealed.clone();
            altered[place] ^= 1;
            assertThatThrownBy(() -> open(other, altered))
                    .as("byte %d altered", place)
                    .isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void whatIsTooShortForASealIsNotOpened() {
        byte[] sealed = seal("");

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(other, cut)).as("%d bytes", length).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void whatWasOpenedIsNotOpenedAgain() throws BrokenSealException {
        byte[] sealed = seal("Two eggs");
        open(other, sealed);

        assertThatThrownBy(() -> open(other, sealed))
                .isInstanceOf(BrokenSealException.class)
                .hasMessage("opened before");
    }

    @Test
    void whatIsForOneNodeOpensAtNoOther() {
        byte[] sealed = seal("Two eggs");

        for (SealedFor another : List.of(SealedFor.frameFor(address(7601)), SealedFor.greetingOf(address(7600)))) {
            assertThatThrownBy(() -> open(other, another, sealed))
                    .isInstanceOf(BrokenSealException.class)
                    .hasMessageEndingWith("or not " + another);
        }
    }

    @Test
    void aGreetingSaysWhereItsSenderListens() throws Exception {
        for (String host : List.of("127.0.0.1", "::1", "fd00::1:2")) {
            IpAddress here = new IpAddress(InetAddress.getByName(host), 65535);
            byte[] sealed = Greeting.seal(one, here, address(7600));

            assertThat(sealed).hasSize(Greeting.SEALED_BYTES);
            assertThat(Greeting.open(other, sealed, address(7600))).isEqualTo(here);
        }
    }

    @Test
    void aForgedNumberDoesNotKeepTheRealOneOut() throws BrokenSealException {
        open(other, seal("first"));
        byte[] sealed = seal("second");
        byte[] forged = sealed.clone();
        forged[forged.length - 1] ^= 1;

        assertThatThrownBy(() -> open(other, forged)).isInstanceOf(BrokenSealException.class);
        assertThat(open(other, sealed)).isEqualTo("second".getBytes(UTF_8));
    }

    @Test
    void missingFileSaysWhatToDo(@TempDir Path directory) {
        assertThatIllegalStateException()
                .isThrownBy(() -> ClusterSecret.read(directory.resolve("cluster.key")))
                .withMessageContaining("cluster.key is missing")
                .withMessageContaining("./bida cluster secret");
    }

    @Test
    void fileOfAnotherLengthIsDamaged(@TempDir Path directory) throws IOException {
        for (int length : new int[] {0, 31, 33}) {
            Path file = Files.write(directory.resolve("cluster.key"), new byte[length]);
            assertThatIllegalStateException()
                    .isThrownBy(() -> ClusterSecret.read(file))
                    .withMessageContaining("has " + length + " bytes instead of 32");
        }
    }

    private byte[] seal(String text) {
        return seal(one, FOR_OTHER, text);
    }

    private static byte[] seal(ClusterSecret by, SealedFor purpose, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(bytes.length + ClusterSecret.OVERHEAD_BYTES);
        by.seal(purpose, ByteBuffer.wrap(bytes), sealed);
        return sealed.array();
    }

    private static byte[] open(ClusterSecret by, byte[] sealed) throws BrokenSealException {
        return open(by, FOR_OTHER, sealed);
    }

    private static byte[] open(ClusterSecret by, SealedFor purpose, byte[] sealed) throws BrokenSealException {
        ByteBuffer plain = ByteBuffer.allocate(sealed.length);
        by.open(purpose, ByteBuffer.wrap(sealed), plain);
        return Arrays.copyOf(plain.array(), plain.position());
    }

    private static IpAddress address(int port) {
        return new IpAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static byte[] filled(int with) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
