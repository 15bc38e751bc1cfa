package io.bida.it.drill;

import io.bida.it.rest.Credentials;
import io.bida.it.rest.RawHttp;
import io.bida.it.rest.RawResponse;
import io.bida.it.rest.Timing;
import io.bida.it.rest.WireRequest;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * One client's connection to a server that may die at any moment. It connects anew when it must and never repeats a
 * request. Not for use by several threads.
 */
final class DrillConnection implements AutoCloseable {

    /** Longer than the drill's polls; a server that says nothing for so long counts as unknown. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration BREATH = Duration.ofMillis(50);

    private final URI endpoint;
    private final Credentials key;
    private final Clock clock = Clock.systemUTC();
    private Optional<RawHttp> connection = Optional.empty();

    DrillConnection(URI endpoint, Credentials key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /**
     * What came of a call.
     *
     * @param response the answer; empty if there was none
     */
    record Result(Optional<RawResponse> response) {

        boolean hasStatus(int status) {
            return response.map(r -> r.status() == status).orElse(false);
        }
    }

    /** An unsigned request for this server. */
    WireRequest request(String method, String target) {
        return WireRequest.of(method, target, endpoint.getAuthority(), clock.instant());
    }

    /** Signs and sends, once; takes a breath where the server is dead or starting. */
    Result call(WireRequest request) {
        Result result = callAtOnce(request);
        if (result.response().map(r -> r.status() >= 500).orElse(true)) {
            Timing.letPass(BREATH);
        }
        return result;
    }

    private Result callAtOnce(WireRequest request) {
        byte[] bytes = request.signedV2(key).toBytes();
        try {
            RawResponse response = open().write(bytes).readFinal();
            if (response.closesConnection()) {
                close();
            }
            return new Result(Optional.of(response));
        } catch (UncheckedIOException e) {
            close();
            return new Result(Optional.empty());
        }
    }

    @Override
    public void close() {
        connection.ifPresent(RawHttp::close);
        connection = Optional.empty();
    }

    private RawHttp open() {
        RawHttp open = connection.orElseGet(() -> RawHttp.connect(endpoint).readTimeout(READ_TIMEOUT));
        connection = Optional.of(open);
        return open;
    }
}
