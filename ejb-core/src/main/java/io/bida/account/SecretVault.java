package io.bida.account;

import io.bida.catalogue.DataDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must be kept secret at rest, with a master key that never leaves the node's data directory.
 *
 * <p>The master key is 32 random bytes in {@code <bida.data>/secret/master.key}, made at the very first start. All
 * nodes of one catalogue have the same one: an operator copies it. A sealed secret is AES-256-GCM under a key derived
 * from it, with a random 96-bit nonce and the secret's place as additional data.
 *
 * <p>Open from the moment the catalogue is started; safe for use by any thread then.
 */
@ApplicationScoped
public class SecretVault {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /**
     * First letters of every sealed secret: the version of its form. A new form gets a new number, and {@link #unseal}
     * goes on reading the old ones.
     */
    private static final String FORM = "1:";

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    DataDirectory data;

    private volatile byte @Nullable [] masterKey;

    /**
     * Reads the master key.
     *
     * @throws IllegalStateException if it is missing, unreadable or not 32 bytes; the text says what to do
     */
    public void open() {
        Path file = file();
        if (Files.notExists(file)) {
            throw new IllegalStateException("The catalogue holds secrets, but their master key " + file
                    + " is missing. Put back the file (from a backup, or from another node of this catalogue):"
                    + " without it no access key works, so none is made anew.");
        }
        byte[] read;
        try {
            read = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException("The master key " + file + " cannot be read: " + e, e);
        }
        if (read.length != KEY_BYTES) {
            throw new IllegalStateException("The master key " + file + " has " + read.length + " bytes instead of "
                    + KEY_BYTES + ": it is damaged. Put back the file from a backup.");
        }
        masterKey = read;
    }

    /**
     * Reads the master key, or makes one if there is none; only for a catalogue that holds no secret yet.
     *
     * @throws IllegalStateException as {@link #open}
     */
    public void openOrMake() {
        if (Files.notExists(file())) {
            byte[] made = new byte[KEY_BYTES];
            RANDOM.nextBytes(made);
            try {
                data.writeForOwnerOnly(file(), made);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the master key " + file(), e);
            }
        }
        open();
    }

    private Path file() {
        return data.path().resolve("secret").resolve("master.key");
    }

    /**
     * A key of 32 bytes for one purpose: always the same for this master key, and it tells nothing about the keys of
     * other purposes. HMAC-SHA256 of the purpose under the master key.
     *
     * @param purpose words of the caller's own, for example {@code "receipt handles"}
     */
    public byte[] deriveKey(String purpose) {
        byte[] key = masterKey;
        if (key == null) {
            throw new IllegalStateException("The vault is not open yet: it is when CatalogueStart has run");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** 64 letters that tell whether two nodes have the same master key, and nothing else about it. */
    public String masterKeyCheck() {
        return HexFormat.of().formatHex(deriveKey("check of the master key"));
    }

    /**
     * Seals a secret.
     *
     * @param place where it is kept; it opens nowhere else
     */
    public String seal(String place, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret);
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORM + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /**
     * Opens what {@link #seal} returned.
     *
     * @throws BrokenSealException if it was altered, sealed for another place, or with another master key
     */
    public byte[] unseal(String place, String sealed) throws BrokenSealException {
        if (!sealed.startsWith(FORM)) {
            throw new BrokenSealException("unknown form");
        }
        try {
            byte[] whole = Base64.getDecoder().decode(sealed.substring(FORM.length()));
            if (whole.length < NONCE_BYTES) {
                throw new BrokenSealException("too short");
            }
            byte[] nonce = new byte[NONCE_BYTES];
            ByteBuffer.wrap(whole).get(nonce);
            return cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new BrokenSealException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(deriveKey("secrets at rest"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
