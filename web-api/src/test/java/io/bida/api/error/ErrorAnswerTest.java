package io.bida.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.header.RequestHead;
import io.bida.api.signature.Heads;
import io.bida.api.signature.SignatureDoesNotMatchException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageNotExistException;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ErrorAnswerTest {

    private static final RequestHead HEAD = Heads.head("GET", "/queues/q/messages");

    @Test
    void aRefusalSaysWhatItIsAndNamesTheRequest() {
        Response answer = ErrorAnswer.of(new MessageNotExistException(), HEAD).toResponse();

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeaderString(HttpHeaders.CONTENT_TYPE)).isEqualTo("text/xml;charset=utf-8");
        assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isNull();
        assertThat((byte[]) answer.getEntity())
                .asString()
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Error xmlns=\"http://mns.aliyuncs.com/doc/v1\"><Code>MessageNotExist</Code>"
                        + "<Message>Message not exist.</Message><RequestId>0123456789ABCDEF01234567</RequestId>"
                        + "<HostId>http://127.0.0.1:8080</HostId></Error>");
    }

    @Test
    void whatStagesAndContainersWrapIsUnwrapped() {
        Exception wrapped = new EJBException(new CompletionException(new MessageNotExistException()));

        assertThat(ErrorAnswer.of(wrapped, HEAD).status()).isEqualTo(404);
    }

    @Test
    void aDefectTellsTheClientNothingAboutItself() {
        ErrorAnswer answer = ErrorAnswer.of(new IllegalStateException("at /some/path, password x"), HEAD);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.document())
                .asString()
                .contains("<Code>InternalError</Code><Message>Interal error.</Message>")
                .doesNotContain("password", "IllegalState");
    }

    @Test
    void whoeverIsToComeAgainIsToldWhen() {
        Response answer = ErrorAnswer.of(new ServiceUnavailableException("the disk is full"), HEAD)
                .toResponse();

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat((byte[]) answer.getEntity()).asString().contains("unavailable: the disk is full.");
    }

    @Test
    void aWrongSignatureIsAnsweredWithWhatWasSigned() {
        ErrorAnswer answer = ErrorAnswer.of(new SignatureDoesNotMatchException("GET\n\n\n<date>\n/"), HEAD);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.document())
                .asString()
                .endsWith("</HostId><StringToSign>GET\n\n\n&lt;date&gt;\n/</StringToSign></Error>");
    }
}
