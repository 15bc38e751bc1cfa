package io.bida.benchmark;

import io.bida.benchmark.http.HttpConnection;
import io.bida.benchmark.http.Signer;
import io.bida.benchmark.http.Signing;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;

/**
 * The server under load and the key to talk to it with.
 *
 * @param endpoint where Bida answers: {@code http://host:port}; no path, no TLS
 * @param ceiling where the ceiling WAR answers, on the same server
 * @param accessKeyId the key's id
 * @param accessKeySecret the key's secret
 * @param clock the present, for the Date header
 */
record Target(URI endpoint, URI ceiling, String accessKeyId, String accessKeySecret, Clock clock) {

    private static final int DEFAULT_PORT = 80;

    Target {
        requireHttp(endpoint);
        requireHttp(ceiling);
    }

    /** A new connection to Bida or to the ceiling; opened by its first exchange. */
    HttpConnection connect(Scenario scenario) {
        URI uri = scenario == Scenario.CEILING ? ceiling : endpoint;
        return new HttpConnection(new InetSocketAddress(uri.getHost(), port(uri)));
    }

    /** What one thread needs to sign with. */
    Signing signing() {
        return new Signing(new Signer(accessKeyId, accessKeySecret), clock, endpoint.getHost() + ":" + port(endpoint));
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }

    private static void requireHttp(URI uri) {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("an address is http://host:port, not " + uri);
        }
    }
}
