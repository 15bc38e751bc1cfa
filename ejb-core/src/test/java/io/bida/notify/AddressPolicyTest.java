package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final AddressPolicy NOTHING_OPENED = policy("bida.push.allow", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.2.3",
                "::ffff:a9fe:a9fe",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "5f00::1",
                "2001:db8::1",
                "3fff::1",
                "2001::1",
                "2001:2::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::8.8.8.8",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "2002:c0a8:101::"
            })
    void addressThatIsNotPublicIsRefused(String address) throws Exception {
        String written = address.indexOf(':') >= 0 ? "[" + address + "]" : address;

        assertThat(NOTHING_OPENED.objectionTo(URI.create("http://" + written + "/in")))
                .isPresent();
        assertThat(NOTHING_OPENED.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2400:3200::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void publicAddressIsLetThrough(String address) throws Exception {
        String written = address.indexOf(':') >= 0 ? "[" + address + "]" : address;

        assertThat(NOTHING_OPENED.objectionTo(URI.create("http://" + written + "/in")))
                .isEmpty();
        assertThat(NOTHING_OPENED.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:127.0.0.1", "10.20.30.40", "fd00::1", "64:ff9b::a14:1e28"})
    void whatIsOpenedIsLetThroughInEveryForm(String address) throws Exception {
        AddressPolicy policy = policy("bida.push.allow", "10.0.0.0/8, 127.0.0.1,::1/128 ,fd00::/8");

        assertThat(policy.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::2", "192.168.0.1", "fe80::1", "0.0.0.0"})
    void whatIsNextToTheOpenedStaysRefused(String address) throws Exception {
        AddressPolicy policy = policy("bida.push.allow", "10.0.0.0/8,127.0.0.1,::1/128,fd00::/8");

        assertThat(policy.allows(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void blockOfOneFamilyOpensNothingOfTheOther() throws Exception {
        assertThat(policy("bida.push.allow", "0.0.0.0/0").allows(InetAddress.getByName("fd00::1")))
                .isFalse();
        assertThat(policy("bida.push.allow", "::/0").allows(InetAddress.getByName("10.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "017700000001",
                "127.1",
                "0x7f.1",
                "0177.0.0.1",
                "127.0.0.01",
                "1.2.3.256",
                "1.2.3.4.5",
                "8.8.8.8.",
                "example.1",
                "example.0x1f",
                "0X7F.1",
                "1.2.3",
                "8.8.8.08"
            })
    void numberInPlaceOfAHostNameIsRefused(String host) {
        AddressPolicy everything = policy("bida.push.allow", "0.0.0.0/0,::/0");

        assertThat(AddressPolicy.literal(host)).isEmpty();
        assertThat(everything.objectionTo(host, 80)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1%25eth0", "fe80::1%1", "::1%lo", "v1.x:y"})
    void addressWithAZoneIsRefused(String host) {
        assertThat(policy("bida.push.allow", "::/0").objectionTo(host, 80)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com", "localhost", "a.1b", "xn--fiqs8s", "example.com.", "1and1.com", "0x.example"})
    void nameIsLeftToTheLookup(String host) {
        assertThat(NOTHING_OPENED.objectionTo(host, 80)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 22, 25, 79, 81, 442, 444, 1023, 9990, 65536})
    void portThatIsNoneOfTheUsualIsRefused(int port) {
        assertThat(NOTHING_OPENED.objectionTo(URI.create("http://example.com:" + port)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 443, 1024, 8080, 9989, 9991, 65535})
    void usualPortIsLetThrough(int port) {
        assertThat(NOTHING_OPENED.objectionTo(URI.create("http://example.com:" + port)))
                .isEmpty();
    }

    @Test
    void managementIsNeverPushedToWhereverItListens() {
        AddressPolicy policy = policy("bida.management.port", "12345");

        assertThat(policy.objectionTo(URI.create("http://example.com:12345"))).isPresent();
        assertThat(policy.objectionTo(URI.create("http://example.com:9990"))).isEmpty();
    }

    @Test
    void loopbackIsOpenWhileTheServerItselfIsOnLoopback() {
        InetAddress loopback = address("127.0.0.1");

        assertThat(policy().allows(loopback)).isTrue();
        assertThat(policy().allows(address("::1"))).isTrue();
        assertThat(policy().allows(address("10.0.0.1"))).isFalse();
        assertThat(policy("bida.bind", "127.0.0.5").allows(loopback)).isTrue();
        assertThat(policy("bida.bind", "::1").allows(loopback)).isTrue();
        assertThat(policy("bida.bind", "0.0.0.0").allows(loopback)).isFalse();
        assertThat(policy("bida.bind", "localhost").allows(loopback)).isFalse();
        assertThat(policy("bida.push.allow", "").allows(loopback)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0/8",
                "example.com",
                "10.0.0.0/-1",
                "127.1",
                "::1/129",
                "::ffff:0:0/96",
                "*"
            })
    void settingOfAnotherFormIsRefusedByName(String allow) {
        assertThatThrownBy(() -> policy("bida.push.allow", "127.0.0.1," + allow))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bida.push.allow")
                .hasMessageContaining(allow);
    }

    @Test
    void timeoutIsOneToTwentySeconds() {
        assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings("bida.push.timeout", "1").timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings("bida.push.timeout", "20").timeout()).isEqualTo(Duration.ofSeconds(20));
        for (String wrong : new String[] {"0", "21", "-1", "5s", "", "1.5", "100"}) {
            assertThatThrownBy(() -> settings("bida.push.timeout", wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bida.push.timeout");
        }
    }

    private static InetAddress address(String literal) {
        return AddressPolicy.literal(literal).orElseThrow();
    }

    private static AddressPolicy policy(String... property) {
        return settings(property).policy();
    }

    private static PushSettings settings(String... property) {
        Map<String, String> properties = new HashMap<>();
        if (property.length > 0) {
            properties.put(property[0], property[1]);
        }
        return PushSettings.of(properties::get);
    }
}
