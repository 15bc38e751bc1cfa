package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountAttributes;
import io.bida.account.AccountId;
import io.bida.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallDocumentsTest {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theLoggingBucketIsThereAlsoWhenEmpty() {
        assertThat(AccountDocument.write(new AccountAttributes("")))
                .asString()
                .isEqualTo(DECLARATION + "<Account xmlns=\"http://mns.aliyuncs.com/doc/v1\">"
                        + "<LoggingBucket></LoggingBucket></Account>");
    }

    @Test
    void anAccountDocumentNamesABucketOrNone() {
        assertThat(AccountDocument.readLoggingBucket(utf8("<Account><LoggingBucket>Test</LoggingBucket></Account>")))
                .contains("Test");
        assertThat(AccountDocument.readLoggingBucket(utf8("<Account><LoggingBucket/></Account>")))
                .contains("");
        assertThat(AccountDocument.readLoggingBucket(utf8("<Account/>"))).isEmpty();
        assertThatThrownBy(() -> AccountDocument.readLoggingBucket(utf8("<Queue/>")))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThatThrownBy(() -> AccountDocument.readLoggingBucket(utf8("")))
                .extracting("code")
                .isEqualTo(ErrorCode.MALFORMED_XML);
    }

    @Test
    void theOldFormAnswersTheAccountsId() {
        assertThat(AccountDocument.write(new AccountId("1234567890")))
                .asString()
                .endsWith("<AccountId>1234567890</AccountId></Account>");
    }

    @Test
    void openingTheServiceAnswersAnOrder() {
        assertThat(OpenServiceDocument.write("2000001"))
                .asString()
                .isEqualTo(DECLARATION + "<OpenService xmlns=\"http://mns.aliyuncs.com/doc/v1\">"
                        + "<OrderId>2000001</OrderId></OpenService>");
    }

    @Test
    void receiptHandlesAreReadInOrder() {
        assertThat(ReceiptHandlesDocument.read(utf8("<ReceiptHandles xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
                        + "<ReceiptHandle>h1</ReceiptHandle> <ReceiptHandle>\nh2 </ReceiptHandle></ReceiptHandles>")))
                .containsExactly("h1", "h2");
        assertThatThrownBy(() -> ReceiptHandlesDocument.read(utf8("<Messages/>")))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void anErrorHasFourElementsAndWhatWasSignedAsAFifth() {
        assertThat(ErrorDocument.write("Code", "a < b", "ID", "http://h", Optional.empty()))
                .asString()
                .isEqualTo(DECLARATION + "<Error xmlns=\"http://mns.aliyuncs.com/doc/v1\"><Code>Code</Code>"
                        + "<Message>a &lt; b</Message><RequestId>ID</RequestId><HostId>http://h</HostId></Error>");
        assertThat(ErrorDocument.write("Code", "m", "ID", "http://h", Optional.of("GET\n\n<")))
                .asString()
                .endsWith("</HostId><StringToSign>GET\n\n&lt;</StringToSign></Error>");
    }
}
