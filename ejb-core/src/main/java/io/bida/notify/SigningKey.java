package io.bida.notify;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.wildfly.security.x500.cert.SelfSignedX509CertificateAndSigningKey;

/**
 * The key that pushes are signed with, and the certificate by which receivers check them: RSA of 2048 bits,
 * self-signed.
 *
 * <p>The signature is SHA1withRSA because the protocol says so (wire specification 10.2, API 2015-06-06); the
 * certificate's own is SHA256withRSA. Immutable, safe for use by any thread.
 */
public final class SigningKey {

    /** 2048 bits, our choice: what the protocol's receivers know, and enough while the certificate is valid. */
    private static final int BITS = 2048;

    /** How long the certificate is valid: 10 years, our choice; receivers fetch it again with each new key. */
    private static final int VALID_YEARS = 10;

    /** The certificate is valid this long before it was made, so that a receiver's clock may be behind: our choice. */
    private static final int VALID_BEFORE_DAYS = 1;

    private static final X500Principal NAME = new X500Principal("CN=Bida notifications");

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final PrivateKey key;
    private final X509Certificate certificate;

    private SigningKey(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new key, made as of now; takes up to a second. */
    static SigningKey make(Instant now) {
        ZonedDateTime made = now.atZone(ZoneOffset.UTC);
        SelfSignedX509CertificateAndSigningKey both = SelfSignedX509CertificateAndSigningKey.builder()
                .setDn(NAME)
                .setKeyAlgorithmName("RSA")
                .setKeySize(BITS)
                .setSignatureAlgorithmName("SHA256withRSA")
                .setNotValidBefore(made.minusDays(VALID_BEFORE_DAYS))
                .setNotValidAfter(made.plusYears(VALID_YEARS))
                .build();
        return new SigningKey(both.getSigningKey(), both.getSelfSignedCertificate());
    }

    /**
     * The key that was kept so.
     *
     * @param encodedKey what {@link #encodedKey} gave
     * @param certificatePem what {@link #certificatePem} gave
     * @throws IllegalArgumentException if these are not a key and its certificate
     */
    static SigningKey of(byte[] encodedKey, String certificatePem) {
        try {
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encodedKey));
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
            return new SigningKey(key, certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key and its certificate", e);
        }
    }

    /** The private key in PKCS#8, to be kept sealed. */
    byte[] encodedKey() {
        return key.getEncoded();
    }

    /** Until when receivers accept what is signed with it. */
    public Instant validUntil() {
        return certificate.getNotAfter().toInstant();
    }

    /** The certificate as an X.509 PEM file, for the address that pushes name. */
    public String certificatePem() {
        try {
            String lines = LINES.encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read or made has an encoded form", e);
        }
    }

    /** The signature of this text's UTF-8 bytes: SHA1withRSA (PKCS#1 v1.5), base64. */
    String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA1withRSA", e);
        }
    }
}
