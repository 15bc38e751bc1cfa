package io.bida.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The running server that the integration tests share: where it listens and what it was told at its first start.
 *
 * <p>The build starts it and hands these facts over as system properties (the top {@code pom.xml}; the script
 * {@code ear/src/test/scripts/server-under-test}). To run one test from an editor, start a server by hand with the same
 * {@code BIDA_BOOTSTRAP_…} variables and give the properties yourself.
 */
public final class ServerUnderTest {

    private ServerUnderTest() {}

    /** The address of the API, without a slash at the end: {@code http://127.0.0.1:PORT}. */
    public static URI endpoint() {
        return URI.create(property("bida.it.endpoint"));
    }

    /** The account that the first start created. */
    public static String accountId() {
        return property("bida.it.accountId");
    }

    /** The id of that account's access key. */
    public static String accessKeyId() {
        return property("bida.it.accessKeyId");
    }

    /** The secret of that access key. */
    public static String accessKeySecret() {
        return property("bida.it.accessKeySecret");
    }

    /** The password of the console's user {@code admin}. */
    public static String adminPassword() {
        return property("bida.it.adminPassword");
    }

    /** Its data directory. */
    public static Path data() {
        return Path.of(property("bida.it.data")).toAbsolutePath().normalize();
    }

    /** The script that starts and stops servers, for tests that kill one of their own. */
    public static Path launcher() {
        return Path.of(property("bida.it.launcher")).toAbsolutePath().normalize();
    }

    /** The script that stops such servers when this process is gone, should it be killed itself. */
    public static Path serverScript() {
        return Path.of(property("bida.it.serverScript")).toAbsolutePath().normalize();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> "the build did not say " + name);
    }
}
