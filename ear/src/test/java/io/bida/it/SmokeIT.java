package io.bida.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The first things a user sees after {@code ./bida start}. */
class SmokeIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void startedServerSaysThatItIsReady() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void answersDoNotNameTheSoftwareBehindThem() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(ServerUnderTest.endpoint().resolve(path)).build(), BodyHandlers.ofString());
    }
}
