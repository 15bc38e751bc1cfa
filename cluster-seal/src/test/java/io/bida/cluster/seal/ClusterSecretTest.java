package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSecretTest {

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
        byte[] sealed = one.seal("xxTwo eggsyy".getBytes(UTF_8), 2, 8);
        byte[] within = new byte[sealed.length + 10];
        System.arraycopy(sealed, 0, within, 7, sealed.length);

        assertThat(other.open(within, 7, sealed.length)).isEqualTo("Two eggs".getBytes(UTF_8));
    }

    @Test
    void nothingIsSealedAndOpenedToo() throws BrokenSealException {
        assertThat(open(other, seal(""))).isEmpty();
    }

    @Test
    void theSameWordsAreNeverSealedAlike() {
        assertThat(seal("Two eggs")).isNotEqualTo(seal("Two eggs"));
        assertThat(one.seal(new byte[8], 0, 8)).isNotEqualTo(other.seal(new byte[8], 0, 8));
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
        byte[] bytes = text.getBytes(UTF_8);
        return one.seal(bytes, 0, bytes.length);
    }

    private static byte[] open(ClusterSecret by, byte[] sealed) throws BrokenSealException {
        return by.open(sealed, 0, sealed.length);
    }

    private static byte[] filled(int with) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
