package io.bida.benchmark.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {

    /** Source: the tests of the official clients, and requests captured from them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACCESS_KEY_SECRET              | PUT\\n574683b3684e3cff610afa155cc2506d\\ntext/xml\\nTue, 11 Apr 2017 10:09:19 GMT\\nx-mns-version:2015-06-06\\n/ | A9zehggaYHHujmuRMxGIDrhWwx8=
            testSk                         | GET\\n\\n\\nTue, 03 Jun 2025 11:23:48 GMT\\n/queues/TestQueue | uDJQXbk2xOhH95MDXmgbAGdtyE4=
            testSk                         | POST\\n\\napplication/json\\nTue, 03 Jun 2025 11:23:48 GMT\\n/queues/Test Queue@123 | GZ/I9UgZsqvbzfzjd0GmA6VHOx4=
            t5I8e                          | POST\\nYTM5OGY1YmYxODRkY2M0YmM1NjU5OGYzYTJkMDMyZGQ=\\napplication/xml\\nThu, 02 Feb 2023 12:27:22 GMT\\nx-mns-version:2015-06-06\\n/queues/market-process-log/messages | 6nhdhorU7xdV6x+P1Tmzyi6A6KY=
            TestSecretForVectors0123456789 | POST\\n\\ntext/xml;charset=UTF-8\\nMon, 23 Nov 2026 05:10:18 GMT\\nx-mns-version:2015-06-06\\n/queues/TestQueue/messages | 8cVWw94u7AnLKWv8N66euQwCh/Q=
            """)
    void knownStringsGetTheirKnownSignatures(String secret, String stringToSign, String signature) {
        Signer signer = new Signer("any", secret);

        byte[] signed = signer.sign(stringToSign.replace("\\n", "\n").getBytes(UTF_8));

        assertThat(new String(signed, US_ASCII)).isEqualTo(signature);
    }

    @Test
    void theStringMayComeInParts() {
        Signer signer = new Signer("any", "testSk");

        byte[] signed = signer.sign(
                "GET\n\n\n".getBytes(UTF_8),
                "Tue, 03 Jun 2025 11:23:48 GMT".getBytes(UTF_8),
                "\n/queues/TestQueue".getBytes(UTF_8));

        assertThat(new String(signed, US_ASCII)).isEqualTo("uDJQXbk2xOhH95MDXmgbAGdtyE4=");
    }

    @Test
    void oneSignatureLeavesNothingBehindForTheNext() {
        Signer signer = new Signer("any", "testSk");
        byte[] first = signer.sign("a".getBytes(UTF_8));
        byte[] other = signer.sign("b".getBytes(UTF_8));

        assertThat(signer.sign("a".getBytes(UTF_8))).isEqualTo(first).isNotEqualTo(other);
    }
}
