package io.bida.api.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    @Test
    void version2HasAKeyAndASignature() {
        assertThat(Authorization.parse("MNS id:sig=")).isEqualTo(new Authorization.Version2("id", "sig="));
    }

    @Test
    void version4HasAScopeToo() {
        Authorization read = Authorization.parse(
                "MNS4-HMAC-SHA256 Credential=id/20261123/cn-hangzhou/mns/aliyun_v4_request,Signature=ab");

        assertThat(read)
                .isEqualTo(new Authorization.Version4(
                        Authorization.Dialect.PUBLIC, "id", "20261123", "cn-hangzhou", "ab"));
    }

    @Test
    void thePrivateCloudHasWordsOfItsOwn() {
        Authorization read = Authorization.parse(
                "APSARA-MNS4-HMAC-SHA256 Credential=id/20261123/r/mns/apsara_v4_request, Signature=ab");

        assertThat(read)
                .isEqualTo(new Authorization.Version4(Authorization.Dialect.PRIVATE, "id", "20261123", "r", "ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MNS",
                "MNS ",
                "Bearer x",
                "MNS abc",
                "MNS :sig",
                "MNS a:b:c",
                "mns a:b",
                "MNS4-HMAC-SHA256 ",
                "MNS4-HMAC-SHA256 Credential=id/20261123/r/mns/aliyun_v4_request",
                "MNS4-HMAC-SHA256 Signature=a,Credential=id/20261123/r/mns/aliyun_v4_request",
                "MNS4-HMAC-SHA256 Credential=/20261123/r/mns/aliyun_v4_request,Signature=a",
                "MNS4-HMAC-SHA256 Credential=id/2026/r/mns/aliyun_v4_request,Signature=a",
                "MNS4-HMAC-SHA256 Credential=id/20261123//mns/aliyun_v4_request,Signature=a",
                "MNS4-HMAC-SHA256 Credential=id/20261123/r/sqs/aliyun_v4_request,Signature=a",
                "MNS4-HMAC-SHA256 Credential=id/20261123/r/mns/apsara_v4_request,Signature=a",
                "MNS4-HMAC-SHA256 Credential=mns/aliyun_v4_request,Signature=a"
            })
    void anythingElseIsRefused(String header) {
        assertThatThrownBy(() -> Authorization.parse(header))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_AUTHORIZATION_HEADER);
    }
}
