package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @Test
    void theFirstLabelIsTheAccountWhereTheSecondIsMns() {
        assertThat(HostName.accountId("1234567890.mns.cn-hangzhou.aliyuncs.com"))
                .contains("1234567890");
        assertThat(HostName.accountId("1.MNS.local:8080")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:8080",
                "localhost",
                "mns.cn-hangzhou.aliyuncs.com",
                "a1.mns.x",
                "1.mnsx.y",
                "1.2.mns.x",
                "[::1]",
                "12345"
            })
    void otherHostsCarryNoAccount(String host) {
        assertThat(HostName.accountId(host)).isEmpty();
    }
}
