package io.bida.console;

import io.bida.console.account.SignedInPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.wicket.Session;
import org.apache.wicket.protocol.http.WebSession;
import org.apache.wicket.request.Request;
import org.jspecify.annotations.Nullable;

/**
 * One browser's session: who is signed in, in which language, and since when nothing was done.
 *
 * <p>Starts when somebody signs in; a visitor of the sign-in page has none. Ends with signing out, or
 * {@link #LONGEST_IDLE} after the person's last action: figures that a page fetches by itself are none.
 */
public final class ConsoleSession extends WebSession {

    /** 30 minutes. Source: OWASP Session Management Cheat Sheet, idle timeout of low-risk applications, upper end. */
    public static final Duration LONGEST_IDLE = Duration.ofMinutes(30);

    private static final long serialVersionUID = 1L;

    private @Nullable SignedInPerson person;
    private @Nullable Instant lastActionAt;
    private @Nullable String chosenAccount;

    /** A session of nobody yet, in the language the browser asks for or the person chose before. */
    ConsoleSession(Request request) {
        super(request);
        setLocale(LanguageCookie.read(request)
                .orElseGet(() -> Language.nearest(request.getLocale()))
                .locale());
    }

    /** The session of the current request. */
    public static ConsoleSession get() {
        return (ConsoleSession) Session.get();
    }

    /** Who is signed in. */
    public synchronized Optional<SignedInPerson> person() {
        return Optional.ofNullable(person);
    }

    /** Makes the session the person's, under a new id, so that an id known to somebody else is worth nothing. */
    public synchronized void signIn(SignedInPerson who, Instant now) {
        bind();
        changeSessionId();
        person = who;
        lastActionAt = now;
        dirty();
    }

    /** Ends the session; the rest of the request is nobody's. */
    public synchronized void signOut() {
        // Wicket keeps this very object for the rest of the request, so ending the session alone is not enough.
        person = null;
        lastActionAt = null;
        chosenAccount = null;
        invalidateNow();
    }

    /** Notes that the person did something. */
    synchronized void touch(Instant now) {
        if (person != null) {
            lastActionAt = now;
            dirty();
        }
    }

    /** Whether somebody is signed in who has not done anything for too long. */
    synchronized boolean isIdle(Instant now) {
        return lastActionAt != null && lastActionAt.plus(LONGEST_IDLE).isBefore(now);
    }

    /** The account a person with several looked at last. */
    public synchronized Optional<String> chosenAccount() {
        return Optional.ofNullable(chosenAccount);
    }

    /** Keeps the account that the next pages are about. */
    public synchronized void chooseAccount(String account) {
        if (!account.equals(chosenAccount)) {
            chosenAccount = account;
            dirty();
        }
    }

    /** The language of its pages. */
    public Language language() {
        return Language.nearest(getLocale());
    }
}
