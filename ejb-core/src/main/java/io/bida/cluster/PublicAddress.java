package io.bida.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

/**
 * Under which address others reach this service, as {@code bida.public.url} says.
 *
 * <p>Default: this node's own address. Behind a load balancer it is to be set, to the same on each node.
 */
@ApplicationScoped
public class PublicAddress {

    /**
     * The URL of this path.
     *
     * @param path begins with a slash
     * @throws IllegalStateException if the setting is no URL
     */
    public URI of(String path) {
        String set = System.getProperty("bida.public.url", "");
        String base = set.isEmpty() ? ofThisNode() : set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
        URI address;
        try {
            address = new URI(base + path);
        } catch (URISyntaxException e) {
            throw notAnAddress(set);
        }
        boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!isHttp || address.getHost() == null || address.getQuery() != null || address.getFragment() != null) {
            throw notAnAddress(set);
        }
        return address;
    }

    private static IllegalStateException notAnAddress(String set) {
        return new IllegalStateException("bida.public.url is an address such as http://mns.example:8080, not " + set);
    }

    /**
     * Where this node's API is: the address that it listens on; where that is every one, the one that the other nodes
     * reach, or the machine's name.
     */
    public static String ofThisNode() {
        String bind = System.getProperty("bida.bind", "127.0.0.1");
        boolean isEvery = bind.equals("0.0.0.0") || bind.equals("::");
        String host = isEvery ? System.getProperty("bida.cluster.bind", machine()) : bind;
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "http://" + literal + ":" + System.getProperty("bida.http.port", "8080");
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that does not know its own name
        }
    }
}
