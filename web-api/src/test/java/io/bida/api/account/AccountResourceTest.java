package io.bida.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountAttributes;
import io.bida.account.AccountId;
import io.bida.account.AccountService;
import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ErrorCode;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountResourceTest {

    private final AccountResource resource = new AccountResource();
    private String bucket = "old";

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        resource.accounts = new AccountService() {
            @Override
            public AccountAttributes getAccountAttributes(AccountId account) {
                return new AccountAttributes(bucket);
            }

            @Override
            public void setAccountAttributes(AccountId account, AccountAttributes attributes) {
                bucket = attributes.loggingBucket();
            }
        };
    }

    private static SignedRequest request(String method, String target, String body) {
        return Heads.signed(Heads.head(method, target), body);
    }

    private Response get(String target) {
        return resource.getAccountAttributes(request("GET", target, ""));
    }

    @Test
    void settingsAndIdAreToldByTheQuery() {
        assertThat((byte[]) get("/?accountmeta=true").getEntity())
                .asString()
                .contains("<LoggingBucket>old</LoggingBucket>");
        assertThat((byte[]) get("/?account").getEntity()).asString().contains("<AccountId>1234567890</AccountId>");
    }

    @Test
    void settingAnswers204AndKeepsWhatIsLeftOut() {
        assertThat(resource.setAccountAttributes(request("PUT", "/?AccountMeta=True", "<Account/>"))
                        .getStatus())
                .isEqualTo(204);
        assertThat(bucket).isEqualTo("old");

        resource.setAccountAttributes(
                request("PUT", "/?accountmeta=true", "<Account><LoggingBucket>new</LoggingBucket></Account>"));
        assertThat(bucket).isEqualTo("new");
    }

    @ParameterizedTest
    @CsvSource({"/,INVALID_REQUEST_URL", "/?x,INVALID_QUERY_STRING", "/?accountmeta=maybe,INVALID_QUERY_STRING"})
    void theBarePathIsNone(String target, ErrorCode code) {
        assertThatThrownBy(() -> get(target)).extracting("code").isEqualTo(code);
        assertThatThrownBy(() -> resource.setAccountAttributes(request("PUT", target, "")))
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void theIdCannotBeSet() {
        assertThatThrownBy(() -> resource.setAccountAttributes(request("PUT", "/?account", "")))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_REQUEST_URL);
    }

    @Test
    void openingTheServiceGivesTheSameOrderEachTime() {
        OpenServiceResource service = new OpenServiceResource();
        SignedRequest request = request("POST", "/commonbuy/openservice", "");

        assertThat(service.openService(request).getStatus()).isEqualTo(200);
        assertThat((byte[]) service.openService(request).getEntity())
                .isEqualTo((byte[]) service.openService(request).getEntity());
    }
}
