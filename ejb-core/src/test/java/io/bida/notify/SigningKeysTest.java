package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.SecretVault;
import io.bida.account.VaultInTests;
import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.time.ClockMovedByHand;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeysTest {

    @TempDir
    Path data;

    private final ClockMovedByHand clock = new ClockMovedByHand();

    @Test
    void certificateIsSelfSignedRsaForTenYears() throws Exception {
        X509Certificate certificate = certificate(SigningKey.make(clock.instant()));

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(((java.security.interfaces.RSAPublicKey) certificate.getPublicKey())
                        .getModulus()
                        .bitLength())
                .isEqualTo(2048);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2036-01-02T03:04:05Z");
        certificate.checkValidity(Date.from(clock.instant().minus(Duration.ofHours(23))));
    }

    @Test
    void certificateChecksWhatTheKeySigns() throws Exception {
        SigningKey key = SigningKey.make(clock.instant());

        Signature check = Signature.getInstance("SHA1withRSA");
        check.initVerify(certificate(key));
        check.update("POST\n中".getBytes(StandardCharsets.UTF_8));

        assertThat(check.verify(Base64.getDecoder().decode(key.sign("POST\n中"))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void keyIsTheSameAfterARestart(TestDatabase database) {
        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(database.empty())) {
            SigningKey made = node(catalogue).get();
            clock.moveBy(Duration.ofDays(1));

            SigningKey read = node(catalogue).get();

            assertThat(read.certificatePem()).isEqualTo(made.certificatePem());
            assertThat(read.sign("text")).isEqualTo(made.sign("text"));
            assertThat(read.validUntil()).isEqualTo(made.validUntil());
        }
    }

    @Test
    void whoAsksWhetherItIsKnownNeverWaitsAndGetsItRead() {
        List<Runnable> asked = new ArrayList<>();
        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(TestDatabase.H2.empty())) {
            SigningKeys keys = node(catalogue);
            assertThat(keys.isKnown(asked::add)).isFalse();
            assertThat(keys.isKnown(asked::add)).isFalse();
            assertThat(asked).hasSize(1);

            asked.get(0).run();

            assertThat(keys.isKnown(asked::add)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofNodesThatNeedItAtTheSameMomentOneMakesIt(TestDatabase database) throws Exception {
        VaultInTests.openIn(data);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(database.empty())) {
            Callable<String> node = () -> node(catalogue).get().certificatePem();

            List<Future<String>> certificates = nodes.invokeAll(List.of(node, node, node));

            String first = certificates.get(0).get();
            assertThat(certificates.get(1).get()).isEqualTo(first);
            assertThat(certificates.get(2).get()).isEqualTo(first);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void alteredKeyIsRefusedAndSaysWhatToDo() {
        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(TestDatabase.H2.empty())) {
            assertThat(node(catalogue).get()).isNotNull();
            int altered = catalogue
                    .transactions()
                    .transact(entities -> entities.createQuery("update SigningKeyRow r set r.sealedKey = '1:AAAA'")
                            .executeUpdate());

            assertThat(altered).isEqualTo(1);
            assertThatThrownBy(() -> node(catalogue).get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("signing_key");
        }
    }

    @Test
    void storedKeyIsSealed() {
        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(TestDatabase.H2.empty())) {
            String encoded =
                    Base64.getEncoder().encodeToString(node(catalogue).get().encodedKey());

            String stored = catalogue
                    .transactions()
                    .transact(entities -> entities.createQuery("select r.sealedKey from SigningKeyRow r", String.class)
                            .getSingleResult());

            assertThat(stored).doesNotContain(encoded.substring(40, 80));
        }
    }

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    private SigningKeys node(CatalogueWithoutContainer catalogue) {
        SecretVault vault = VaultInTests.openIn(data);
        SigningKeys keys = new SigningKeys();
        keys.catalogue = catalogue.transactions();
        keys.vault = vault;
        keys.clock = clock;
        return keys;
    }

    private static X509Certificate certificate(SigningKey key) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(key.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    }
}
