package io.bida.notify;

import io.bida.notify.DeliveryResult.Outcome;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception of the network at what a push failed. */
final class PushFailure {

    private PushFailure() {}

    /** What the exception means, by its type. */
    static Outcome outcome(@Nullable Throwable failure) {
        // From the narrower type to the wider one.
        if (failure instanceof UnknownHostException) {
            return Outcome.UNKNOWN_HOST;
        }
        if (failure instanceof SSLException) {
            return Outcome.TLS;
        }
        // Also what the client throws when a connection, a place in the pool or an answer takes too long.
        if (failure instanceof InterruptedIOException || failure instanceof TimeoutException) {
            return Outcome.TIMEOUT;
        }
        if (failure instanceof NoRouteToHostException || failure instanceof UnsupportedAddressTypeException) {
            return Outcome.UNREACHABLE;
        }
        if (failure instanceof ConnectException) {
            return Outcome.REFUSED;
        }
        if (failure instanceof SocketException
                || failure instanceof ConnectionClosedException
                || failure instanceof ClosedChannelException) {
            return Outcome.RESET;
        }
        // The second: a line that is too long, or too many of them.
        if (failure instanceof HttpException || failure instanceof MessageConstraintException) {
            return Outcome.NOT_HTTP;
        }
        return failure instanceof CancellationException ? Outcome.STOPPED : Outcome.FAULT;
    }

    /** What the exception says, in one line. */
    static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "nothing is known";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Whether nothing can have been sent yet, so that another address may be tried. */
    static boolean isBeforeConnection(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnsupportedAddressTypeException;
    }
}
