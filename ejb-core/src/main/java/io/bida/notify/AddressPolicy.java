package io.bida.notify;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which addresses may be pushed to: those of the public Internet, and what the operator has opened.
 *
 * <p>Without it, anybody who may subscribe could have this server send requests into the network that it stands in.
 * Refused are all addresses that are not reachable from everywhere, written directly or within an IPv6 form of an IPv4
 * address (mapped, NAT64, 6to4); those of this machine; and all ports but 80, 443 and 1024 to 65535, less that of the
 * server's management.
 *
 * <p>Source of the blocks: the special-purpose address registries of IANA (RFC 6890 and its updates). Of IPv6 only what
 * is handed out (2000::/3) and the well-known prefix of NAT64 is let through at all, so that a block of which this list
 * has not heard is refused. Immutable, safe for use by any thread.
 */
public final class AddressPolicy {

    private static final List<CidrAddress> CLOSED_IPV4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by the customers of a carrier
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // the platform of a large cloud, for its machines only
            "169.254.0.0/16", // link-local, where clouds have their metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, with the broadcast address

    private static final List<CidrAddress> OPEN_IPV6 = blocks("2000::/3", "64:ff9b::/96");

    private static final List<CidrAddress> CLOSED_IPV6 = blocks(
            "2001::/23", // protocol assignments, with Teredo and benchmarks
            "2001:db8::/32", // documentation
            "3fff::/20"); // documentation

    private static final CidrAddress NAT64 = block("64:ff9b::/96");
    private static final CidrAddress SIX_TO_FOUR = block("2002::/16");

    private static final int FIRST_FREE_PORT = 1024;
    private static final int LAST_PORT = 65535;

    /**
     * A name whose last label is a number, decimal, octal or hex: no name service has it, but many a resolver reads it
     * as an IPv4 address.
     */
    private static final Pattern NUMBER_AS_NAME =
            Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?", Pattern.CASE_INSENSITIVE);

    /** The one spelling of an IPv4 address that everybody reads alike. */
    private static final Pattern IPV4 = Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");

    private final List<CidrAddress> opened;
    private final int managementPort;

    /**
     * A policy.
     *
     * @param opened blocks that may be pushed to whatever they are
     * @param managementPort where the server's management listens; 0: not at a fixed port
     */
    AddressPolicy(List<CidrAddress> opened, int managementPort) {
        this.opened = List.copyOf(opened);
        this.managementPort = managementPort;
    }

    /**
     * Why this address is never pushed to, as far as the address itself tells: its port, an address written as such, a
     * number in place of a name. Words that follow "it"; empty if nothing speaks against it.
     *
     * @param address with scheme http or https and a host
     */
    Optional<String> objectionTo(URI address) {
        return objectionTo(host(address), port(address));
    }

    Optional<String> objectionTo(String host, int port) {
        if (!allowsPort(port)) {
            return Optional.of("has a port other than 80, 443 and 1024 to 65535, or that of this server's management");
        }
        Optional<InetAddress> literal = literal(host);
        if (literal.isEmpty()
                && (host.indexOf(':') >= 0 || NUMBER_AS_NAME.matcher(host).matches())) {
            return Optional.of("has a number in place of a host name");
        }
        return literal.filter(written -> !allows(written)).map(written -> "has an address that is not pushed to");
    }

    /** Whether this very address may be connected to. */
    boolean allows(InetAddress address) {
        return forms(address).anyMatch(form -> isIn(opened, form))
                || forms(address).noneMatch(form -> isClosed(form) || isOfThisMachine(form));
    }

    /** An address of its own reaches a machine past its firewall. */
    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // what cannot be told is not pushed to
        }
    }

    private boolean allowsPort(int port) {
        boolean isUsual = port == 80 || port == 443 || (port >= FIRST_FREE_PORT && port <= LAST_PORT);
        return isUsual && port != managementPort;
    }

    /** Its port, also where that is left to the scheme. */
    static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** Its host, without the brackets of an IPv6 address. */
    static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address that this host is, if it is one and no name; without a zone, which only this machine would know. */
    static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') >= 0) {
            return host.indexOf('%') >= 0 ? Optional.empty() : Optional.ofNullable(Inet.parseInet6Address(host));
        }
        return IPV4.matcher(host).matches() ? Optional.ofNullable(Inet.parseInet4Address(host)) : Optional.empty();
    }

    /** The address itself and, if it is an IPv6 form of one, the IPv4 address behind it. */
    private static Stream<InetAddress> forms(InetAddress address) {
        return Stream.concat(Stream.of(address), behind(address).stream());
    }

    private static Optional<InetAddress> behind(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return Optional.empty();
        }
        if (isMapped(bytes) || NAT64.matches(bytes)) {
            return Optional.of(ipv4(bytes, 12));
        }
        return SIX_TO_FOUR.matches(bytes) ? Optional.of(ipv4(bytes, 2)) : Optional.empty();
    }

    /** Whether it is in ::ffff:0:0/96, which is no block to the library: it reads the text as one of IPv4. */
    private static boolean isMapped(byte[] bytes) {
        boolean startsWithZeros = IntStream.range(0, 10).allMatch(i -> bytes[i] == 0);
        return startsWithZeros && bytes[10] == (byte) 0xFF && bytes[11] == (byte) 0xFF;
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        return Inet.getInet4Address(
                bytes[from] & 0xFF, bytes[from + 1] & 0xFF, bytes[from + 2] & 0xFF, bytes[from + 3] & 0xFF);
    }

    private static boolean isClosed(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isIn(CLOSED_IPV4, address);
        }
        // A mapped address is its IPv4 form, on every system.
        boolean isOpen = isIn(OPEN_IPV6, address) || isMapped(bytes);
        return !isOpen || isIn(CLOSED_IPV6, address);
    }

    private static boolean isIn(List<CidrAddress> blocks, InetAddress address) {
        byte[] bytes = address.getAddress();
        return blocks.stream().anyMatch(block -> block.matches(bytes));
    }

    private static List<CidrAddress> blocks(String... texts) {
        return Arrays.stream(texts).map(AddressPolicy::block).toList();
    }

    private static CidrAddress block(String text) {
        CidrAddress block = Inet.parseCidrAddress(text);
        if (block == null) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return block;
    }
}
