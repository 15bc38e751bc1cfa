package io.bida.notify;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about pushes, from the system properties.
 *
 * <ul>
 *   <li>{@code bida.push.allow}: blocks of addresses ({@code 10.0.0.0/8}) and single addresses, with commas between,
 *       that may be pushed to though they are not public. Without it none, but for loopback while {@code bida.bind}
 *       keeps the API itself on loopback (its default) and {@code bida.public.url} is not set: so it is on a laptop and
 *       in a build, which have nowhere else to push to. Behind a proxy on the same machine others may subscribe: set
 *       one of them. {@code none} opens nothing.
 *   <li>{@code bida.push.timeout}: how long one push may take, whole seconds from 1 to 20, a third of the time for
 *       which a message is hidden while it is delivered; default 5 (wire specification 10.4, API 2015-06-06).
 *   <li>{@code bida.management.port}: never pushed to; where it is not set or 0, 9990, which is where a WildFly usually
 *       has it.
 * </ul>
 *
 * @param opened blocks that may be pushed to whatever they are
 * @param managementPort where the server's management listens
 * @param timeout how long one push may take
 */
record PushSettings(List<CidrAddress> opened, int managementPort, Duration timeout) {

    private static final String ALLOW = "bida.push.allow";
    private static final String TIMEOUT = "bida.push.timeout";
    private static final String NOTHING = "none";
    private static final String BIND = "bida.bind";
    private static final String PUBLIC_URL = "bida.public.url";
    private static final String MANAGEMENT_PORT = "bida.management.port";

    private static final int USUAL_MANAGEMENT_PORT = 9990;
    private static final int MAX_TIMEOUT_SECONDS = 20;

    private static final List<CidrAddress> LOOPBACK = List.of(block("127.0.0.0/8"), block("::1/128"));

    /**
     * The settings of this server.
     *
     * @throws IllegalStateException if one has no valid value; the text says which
     */
    static PushSettings ofSystem() {
        return of(System::getProperty);
    }

    /**
     * The settings that these properties say.
     *
     * @param properties gives a property's value, or null
     * @throws IllegalStateException as {@link #ofSystem}
     */
    static PushSettings of(Function<String, @Nullable String> properties) {
        return new PushSettings(opened(properties), managementPort(properties), timeout(properties));
    }

    /** The policy that follows. */
    AddressPolicy policy() {
        return new AddressPolicy(opened, managementPort);
    }

    private static List<CidrAddress> opened(Function<String, @Nullable String> properties) {
        String set = properties.apply(ALLOW);
        if (set == null) {
            return isForThisMachine(properties) ? LOOPBACK : List.of();
        }
        if (set.equals(NOTHING)) {
            return List.of();
        }
        return Arrays.stream(set.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(PushSettings::block)
                .toList();
    }

    private static boolean isForThisMachine(Function<String, @Nullable String> properties) {
        String bind = properties.apply(BIND);
        String publicUrl = properties.apply(PUBLIC_URL);
        boolean isOnLoopback = bind == null
                || AddressPolicy.literal(bind)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
        return isOnLoopback && (publicUrl == null || publicUrl.isEmpty());
    }

    private static CidrAddress block(String text) {
        CidrAddress block = Inet.parseCidrAddress(text);
        // The library takes a block of mapped addresses for one of IPv4 with more bits than that has.
        if (block != null && block.getNetmaskBits() <= bits(block.getNetworkAddress())) {
            return block;
        }
        InetAddress address = AddressPolicy.literal(text)
                .orElseThrow(() -> new IllegalStateException(ALLOW
                        + " is a list of addresses (127.0.0.1) and blocks of them (10.0.0.0/8) with commas between;"
                        + " this is neither: " + text));
        return CidrAddress.create(address, bits(address));
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static Duration timeout(Function<String, @Nullable String> properties) {
        String set = properties.apply(TIMEOUT);
        if (set == null) {
            return Duration.ofSeconds(5);
        }
        if (!set.matches("[0-9]{1,2}") || Integer.parseInt(set) < 1 || Integer.parseInt(set) > MAX_TIMEOUT_SECONDS) {
            throw new IllegalStateException(
                    TIMEOUT + " is a number of seconds from 1 to " + MAX_TIMEOUT_SECONDS + ", not " + set);
        }
        return Duration.ofSeconds(Integer.parseInt(set));
    }

    private static int managementPort(Function<String, @Nullable String> properties) {
        String set = properties.apply(MANAGEMENT_PORT);
        if (set == null || set.equals("0")) {
            return USUAL_MANAGEMENT_PORT;
        }
        if (!set.matches("[0-9]{1,5}")) {
            throw new IllegalStateException(MANAGEMENT_PORT + " is the number of a port, not " + set);
        }
        return Integer.parseInt(set);
    }
}
