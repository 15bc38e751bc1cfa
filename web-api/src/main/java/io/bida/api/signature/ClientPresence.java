package io.bida.api.signature;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Says whether the client of a waiting request is still there, by looking at its connection.
 *
 * <p>While a request waits, nobody reads from its connection, so nobody notices that the client has gone. This does: it
 * reads without blocking. The end of the stream means the client hung up; bytes are the beginning of its next request
 * and are put back where the server will look for them; nothing means that it waits.
 *
 * <p>Looks only at plain HTTP/1.1 connections whose request has been read to its end; of others it knows no more than
 * whether they are open. To be asked by one thread at a time and not after the answer was begun.
 */
final class ClientPresence implements BooleanSupplier {

    private final HttpServerExchange exchange;

    ClientPresence(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean getAsBoolean() {
        ServerConnection connection = exchange.getConnection();
        if (!connection.isOpen()) {
            return false;
        }
        boolean canLook = connection instanceof HttpServerConnection
                && connection.getSslSession() == null
                && exchange.isRequestComplete()
                && !exchange.isResponseStarted();
        return !canLook || isPresent((HttpServerConnection) connection);
    }

    private static boolean isPresent(HttpServerConnection connection) {
        if (connection.getExtraBytes() != null) {
            return true; // its next request has begun to arrive, and must be read in order by the server alone
        }
        PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
        boolean kept = false;
        try {
            ByteBuffer buffer = pooled.getBuffer();
            int read = connection.getOriginalSourceConduit().read(buffer);
            if (read > 0) {
                buffer.flip();
                connection.ungetRequestBytes(pooled);
                kept = true;
            }
            return read >= 0;
        } catch (IOException e) {
            return false; // reset by the client
        } finally {
            if (!kept) {
                pooled.close();
            }
        }
    }
}
