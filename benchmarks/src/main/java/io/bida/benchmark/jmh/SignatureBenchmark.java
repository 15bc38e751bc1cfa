package io.bida.benchmark.jmh;

import io.bida.account.AccessKey;
import io.bida.account.AccessKeys;
import io.bida.account.AccountId;
import io.bida.api.header.RequestHead;
import io.bida.api.signature.SignatureCheck;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The check of a request's signature, from the head to the account: what every request pays before anything else.
 *
 * <p>An operation is one request, with a date and a signature that were not seen before or with the same ones again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignatureBenchmark {

    private static final Instant CAPTURED_AT = Instant.parse("2026-11-23T05:10:19Z");
    private static final AccessKey KEY = new AccessKey(
            "TestAccessKeyId00001",
            new AccountId("1234567890"),
            "TestSecretForVectors0123456789".getBytes(StandardCharsets.UTF_8),
            true);

    private final SignatureCheck check = new SignatureCheck();
    private RequestHead version2 = head("", "");
    private RequestHead version4 = head("", "");

    /** Takes two requests captured from the Java SDK. */
    @Setup
    public void captured() {
        Injection.into(check, "accessKeys", new OneKey());
        Injection.into(check, "clock", Clock.fixed(CAPTURED_AT, ZoneOffset.UTC));
        version2 = head("Mon, 23 Nov 2026 05:10:18 GMT", "MNS TestAccessKeyId00001:8cVWw94u7AnLKWv8N66euQwCh/Q=");
        version4 = head(
                "Mon, 23 Nov 2026 05:10:21 GMT",
                "MNS4-HMAC-SHA256 Credential=TestAccessKeyId00001/20261123/cn-hangzhou/mns/aliyun_v4_request,Signature="
                        + "4caacf2339cfd66ec8a4904af76ba6aec00484dbc6f7b656919c5a970c0e4855");
    }

    /** Version 2, HMAC-SHA1: all SDKs. */
    @Benchmark
    public AccountId version2() {
        return check.check(version2);
    }

    /** Version 4, HMAC-SHA256 with a derived key: the Java SDK from 2.0.0 where it is switched on. */
    @Benchmark
    public AccountId version4() {
        return check.check(version4);
    }

    private static RequestHead head(String date, String authorization) {
        HeaderMap headers = new HeaderMap();
        headers.put(new HttpString("date"), date);
        headers.put(new HttpString("authorization"), authorization);
        headers.put(new HttpString("x-mns-version"), "2015-06-06");
        headers.put(new HttpString("Content-Length"), "199");
        headers.put(new HttpString("Host"), "1234567890.mns.cn-hangzhou.example.test");
        headers.put(new HttpString("Connection"), "Keep-Alive");
        headers.put(new HttpString("User-Agent"), "aliyun-sdk-java/2.0.0(Linux)");
        String host = "1234567890.mns.cn-hangzhou.example.test";
        Optional<String> contentType = Optional.of("text/xml;charset=UTF-8");
        return new RequestHead("any", "POST", "/queues/TestQueue/messages", "", "http", host, contentType, headers);
    }

    /** The keys as the node knows them, if there is only one. */
    private static final class OneKey extends AccessKeys {
        @Override
        public Optional<AccessKey> findAccessKey(String id) {
            return id.equals(KEY.id()) ? Optional.of(KEY) : Optional.empty();
        }
    }
}
