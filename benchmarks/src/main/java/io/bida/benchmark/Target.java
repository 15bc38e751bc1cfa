package io.bida.benchmark;

import io.bida.benchmark.http.HttpConnection;
import io.bida.benchmark.http.Signer;
import io.bida.benchmark.http.Signing;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * The server or the cluster under load and the key to talk to it with.
 *
 * @param endpoints where Bida's nodes answer: {@code http://host:port}; no path, no TLS; at least one
 * @param ceiling where the ceiling WAR answers, on the first of them
 * @param accessKeyId the key's id
 * @param accessKeySecret the key's secret
 * @param clock the present, for the Date header
 */
record Target(List<URI> endpoints, URI ceiling, String accessKeyId, String accessKeySecret, Clock clock) {

    private static final int DEFAULT_PORT = 80;

    Target {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("an endpoint is missing");
        }
        endpoints.forEach(Target::requireHttp);
        requireHttp(ceiling);
    }

    /** The same for one of many connections: with the node that serves it; the nodes in turn. */
    Target of(int connection) {
        URI node = endpoints.get(connection % endpoints.size());
        return new Target(List.of(node), ceiling, accessKeyId, accessKeySecret, clock);
    }

    /** A new connection to Bida or to the ceiling; opened by its first exchange. */
    HttpConnection connect(Scenario scenario) {
        URI uri = scenario == Scenario.CEILING ? ceiling : endpoints.get(0);
        return new HttpConnection(new InetSocketAddress(uri.getHost(), port(uri)));
    }

    /** What one thread needs to sign with. */
    Signing signing() {
        URI node = endpoints.get(0);
        return new Signing(new Signer(accessKeyId, accessKeySecret), clock, node.getHost() + ":" + port(node));
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
