package io.bida.api.person;

import io.bida.account.ConsolePerson;
import io.bida.account.UserService;
import io.bida.time.MonotonicTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The people who said their right password a moment ago, so that a tool that asks every few seconds does not cost a
 * slow hash and a look at the database each time. Safe for use by any thread.
 *
 * <p>Only right passwords are remembered, and only what their keyed hash is, under a key that is nowhere else.
 */
@ApplicationScoped
public class KnownPersons {

    /** For how long, in milliseconds: 60 s, our choice; a changed password or role counts that much later. */
    static final long MEMORY_MILLIS = 60_000;

    /** How many at most: 100, our choice. */
    static final int MOST = 100;

    @Inject
    UserService users;

    MonotonicTime monotonic = MonotonicTime.SYSTEM;

    private final SecretKeySpec key = newKey();
    private final Map<String, Known> known = new HashMap<>();

    private record Known(ConsolePerson person, long since) {}

    /**
     * The person with this name and password.
     *
     * @param sourceAddress where the request comes from, for the log
     * @throws io.bida.error.ServiceUnavailableException if the catalogue's database does not answer
     */
    Optional<ConsolePerson> findPerson(BasicCredentials said, String sourceAddress) {
        String hash = hash(said);
        Optional<ConsolePerson> remembered = remembered(hash);
        if (remembered.isPresent()) {
            return remembered;
        }
        Optional<ConsolePerson> person = users.authenticate(said.name(), said.password(), sourceAddress);
        person.ifPresent(right -> remember(hash, right));
        return person;
    }

    private synchronized Optional<ConsolePerson> remembered(String hash) {
        Known one = known.get(hash);
        return one == null || isOver(one) ? Optional.empty() : Optional.of(one.person());
    }

    private synchronized void remember(String hash, ConsolePerson person) {
        known.values().removeIf(this::isOver);
        if (known.size() < MOST) {
            known.put(hash, new Known(person, monotonic.millis()));
        }
    }

    private boolean isOver(Known one) {
        return monotonic.millis() - one.since() >= MEMORY_MILLIS;
    }

    private String hash(BasicCredentials said) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(said.name().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) ':'); // no name has one
            return HexFormat.of().formatHex(mac.doFinal(said.password().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256, and it takes any key", e);
        }
    }

    private static SecretKeySpec newKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
