package io.bida.api.person;

import io.bida.account.CheckingRoom;
import io.bida.account.ConsolePerson;
import io.bida.account.UserService;
import io.bida.error.ServiceUnavailableException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /**
     * How long one waits for the outcome of a check that somebody else began, in milliseconds: 5 s, our choice; the
     * slowest check of a node at work needs less than two.
     */
    static final long WAIT_MILLIS = 5_000;

    @Inject
    UserService users;

    @Inject
    CheckingRoom room;

    MonotonicTime monotonic = MonotonicTime.SYSTEM;

    private final SecretKeySpec key = newKey();
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, CompletableFuture<Optional<ConsolePerson>>> beingChecked = new HashMap<>();

    private record Known(ConsolePerson person, long since) {}

    /**
     * The person with this name and password.
     *
     * <p>Who asks while the same is being checked gets the outcome of that check: every check counts as a try until its
     * password is found right, so the right one asked for ten times at once would look like ten guesses.
     *
     * @param sourceAddress where the request comes from, for the log
     * @throws io.bida.error.ServiceUnavailableException if the catalogue's database does not answer, or the check takes
     *     too long
     * @throws io.bida.account.TooManyTriesException if too many are being checked or wait for that
     */
    Optional<ConsolePerson> findPerson(BasicCredentials said, String sourceAddress) {
        String hash = hash(said);
        CompletableFuture<Optional<ConsolePerson>> own = new CompletableFuture<>();
        CompletableFuture<Optional<ConsolePerson>> outcome = rememberedOrBeingChecked(hash, own);
        if (outcome.isDone()) {
            return await(outcome);
        }
        return outcome == own ? check(said, sourceAddress, hash, own) : room.inside(() -> await(outcome));
    }

    /** What is known of it already, or what somebody else is about to know, or else what the caller must find out. */
    private synchronized CompletableFuture<Optional<ConsolePerson>> rememberedOrBeingChecked(
            String hash, CompletableFuture<Optional<ConsolePerson>> own) {
        Known one = known.get(hash);
        if (one != null && !isOver(one)) {
            return CompletableFuture.completedFuture(Optional.of(one.person()));
        }
        CompletableFuture<Optional<ConsolePerson>> others = beingChecked.putIfAbsent(hash, own);
        return others == null ? own : others;
    }

    private Optional<ConsolePerson> check(
            BasicCredentials said, String sourceAddress, String hash, CompletableFuture<Optional<ConsolePerson>> own) {
        try {
            Optional<ConsolePerson> person = users.authenticate(said.name(), said.password(), sourceAddress);
            person.ifPresent(right -> remember(hash, right));
            own.complete(person);
            return person;
        } finally {
            // Without an outcome they are told what is true of them too: to ask again.
            own.completeExceptionally(new ServiceUnavailableException("the password could not be checked"));
            isChecked(hash);
        }
    }

    private synchronized void isChecked(String hash) {
        beingChecked.remove(hash);
    }

    private static Optional<ConsolePerson> await(CompletableFuture<Optional<ConsolePerson>> outcome) {
        try {
            return outcome.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ServiceUnavailableException("the password could not be checked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("the node is stopping");
        }
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
