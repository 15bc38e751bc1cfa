package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.topic.Endpoint;
import io.bida.topic.InvalidEndpointException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushEndpointsTest {

    private static final Map<String, List<String>> HOSTS = Map.of(
            "public.example", List.of("8.8.8.8"),
            "private.example", List.of("10.0.0.1"),
            "metadata.example", List.of("169.254.169.254", "fd00:ec2::254"),
            "both.example", List.of("10.0.0.1", "8.8.8.8"));

    private final PushEndpoints endpoints = new PushEndpoints();

    /** Made once for all tests, because that takes long. */
    private static final class OneKey extends SigningKeys {

        private static final SigningKey KEY = SigningKey.make(Instant.parse("2026-01-02T03:04:05Z"));

        @Override
        public SigningKey get() {
            return KEY;
        }
    }

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    void inject() {
        endpoints.policy = PushSettings.of(name -> name.equals("bida.push.allow") ? "" : null)
                .policy();
        endpoints.names = new NameLookup(PushEndpointsTest::addressesOf, Thread::new);
        endpoints.keys = new OneKey();
    }

    @AfterEach
    void close() {
        endpoints.names.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/in",
                "https://8.8.8.8:8443/in?a=b",
                "http://public.example",
                "http://both.example",
                "http://unknown.example/in",
                "acs:mns:cn-hangzhou:123:queues/orders"
            })
    void endpointThatCanBeDeliveredToIsAccepted(String endpoint) {
        assertThatCode(() -> check(endpoint)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1",
                "http://0.0.0.0/",
                "http://[::1]",
                "http://[::ffff:127.0.0.1]",
                "http://2130706433",
                "http://0x7f.1",
                "http://017700000001",
                "http://127.1",
                "http://10.0.0.1",
                "http://172.16.0.1",
                "http://192.168.0.1",
                "http://100.64.0.1",
                "http://169.254.169.254/latest/meta-data",
                "http://[fd00::1]",
                "http://[fe80::1]",
                "http://224.0.0.1",
                "http://private.example",
                "http://metadata.example",
                "http://public.example:22",
                "http://public.example:25",
                "http://public.example:9990",
                "http://user@public.example",
                "mail:directmail:a@example.com",
                "sms:directsms:anonymous"
            })
    void endpointThatIsNeverDeliveredToIsRefused(String endpoint) {
        assertThatThrownBy(() -> check(endpoint)).isInstanceOf(InvalidEndpointException.class);
    }

    @Test
    void loopbackByNameIsRefused() {
        endpoints.names.close();
        endpoints.names = new NameLookup(Thread::new);

        assertThatThrownBy(() -> check("http://localhost:8080/in")).isInstanceOf(InvalidEndpointException.class);
    }

    private void check(String endpoint) {
        endpoints.check(new AccountId("123"), Endpoint.parse(endpoint));
    }

    private static List<InetAddress> addressesOf(String host) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : HOSTS.getOrDefault(host, List.of())) {
            addresses.add(InetAddress.getByName(address));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }
}
