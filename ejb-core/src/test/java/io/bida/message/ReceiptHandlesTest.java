package io.bida.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.ReceiptHandles.Claim;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptHandlesTest {

    private static final long QUEUE = 7;
    private static final Claim CLAIM = new Claim(3, 0x0C5A_3F2B_1000_0041L, 123_456_789);

    private final ReceiptHandles handles = new ReceiptHandles(new byte[32]);

    @Test
    void handleTellsWhatItClaims() {
        assertThat(handles.read(QUEUE, handles.issue(QUEUE, CLAIM).text())).contains(CLAIM);
    }

    @Test
    void handleNeedsNoEscapingInAnAddress() {
        for (int nonce = 0; nonce < 500; nonce++) {
            ReceiptHandle handle = handles.issue(QUEUE, new Claim(0, nonce, nonce));
            assertThat(handle.text()).matches("[A-Za-z0-9_-]{44}");
        }
    }

    @Test
    void everyHandleIsAnotherText() {
        assertThat(Stream.generate(() -> handles.issue(QUEUE, CLAIM)).limit(10_000))
                .doesNotHaveDuplicates();
    }

    @Test
    void handleOfAnotherQueueIsNone() {
        assertThat(handles.read(QUEUE + 1, handles.issue(QUEUE, CLAIM).text())).isEmpty();
    }

    @Test
    void handleMadeWithAnotherKeyIsNone() {
        ReceiptHandles others = new ReceiptHandles("another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8));

        assertThat(handles.read(QUEUE, others.issue(QUEUE, CLAIM).text())).isEmpty();
    }

    @Test
    void handleWithAnyBitChangedIsNone() {
        byte[] good = Base64.getUrlDecoder().decode(handles.issue(QUEUE, CLAIM).text());
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(handles.read(QUEUE, text)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void everyCharacterOfAHandleCounts() {
        String good = handles.issue(QUEUE, CLAIM).text();
        Set<String> accepted = new HashSet<>();
        for (int at = 0; at < good.length(); at++) {
            for (char c = 0; c < 0x180; c++) {
                String changed = good.substring(0, at) + c + good.substring(at + 1);
                handles.read(QUEUE, changed).ifPresent(claim -> accepted.add(changed));
            }
        }
        assertThat(accepted).containsExactly(good);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "============================================",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达必达",
            })
    void textThatWasNeverAHandleIsNone(String text) {
        assertThat(handles.read(QUEUE, text)).isEmpty();
    }

    @Test
    void longTextIsNone() {
        assertThat(handles.read(QUEUE, "A".repeat(10_240))).isEmpty();
    }

    @Test
    void extremeClaimsSurvive() {
        for (Claim claim : List.of(
                new Claim(0, 0, 0),
                new Claim(Short.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE),
                new Claim(1, -1, Integer.MIN_VALUE))) {
            assertThat(handles.read(
                            Long.MAX_VALUE, handles.issue(Long.MAX_VALUE, claim).text()))
                    .contains(claim);
        }
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        Callable<Boolean> issuing = () -> {
            for (int i = 0; i < 2_000; i++) {
                Claim claim = new Claim(i % 8, i, i);
                if (!handles.read(QUEUE, handles.issue(QUEUE, claim).text()).equals(Optional.of(claim))) {
                    return false;
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Boolean> results = new ArrayList<>();
        for (Future<Boolean> result : threads.invokeAll(List.of(issuing, issuing, issuing, issuing))) {
            results.add(result.get());
        }

        threads.shutdown();
        assertThat(results).containsOnly(true);
    }
}
