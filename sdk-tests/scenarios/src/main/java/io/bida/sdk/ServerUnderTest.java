package io.bida.sdk;

import java.net.URI;
import java.util.Objects;

/**
 * Where the server under test is and with which key it is asked; the build says it in {@code bida.it.*} system
 * properties.
 *
 * @param endpoint {@code http://127.0.0.1:PORT}: the account comes from the access key
 */
public record ServerUnderTest(URI endpoint, String accountId, String accessKeyId, String accessKeySecret) {

    /** The region that the SDKs are configured with; it is part of a version 4 signature. */
    public static final String REGION = "cn-hangzhou";

    /** An account that does not exist; its host name is in {@code hosts} too. */
    public static final String FOREIGN_ACCOUNT_ID = "9999999999999999";

    public static ServerUnderTest fromSystemProperties() {
        return new ServerUnderTest(
                URI.create(property("bida.it.endpoint")),
                property("bida.it.accountId"),
                property("bida.it.accessKeyId"),
                property("bida.it.accessKeySecret"));
    }

    /** The endpoint whose host carries the account, in the form of the real service. */
    public String accountEndpoint() {
        return accountEndpoint(accountId);
    }

    /**
     * The endpoint form of the real service for any account. Needs {@code -Djdk.net.hosts.file} to lead to this
     * machine.
     */
    public String accountEndpoint(String anyAccountId) {
        return "http://" + anyAccountId + ".mns." + REGION + ".example.test:" + endpoint.getPort();
    }

    private static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name),
                () -> "The build did not set " + name + ": run mvn verify, not the class alone");
    }
}
