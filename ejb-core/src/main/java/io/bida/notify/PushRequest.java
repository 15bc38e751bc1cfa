package io.bida.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bida.message.MessageBody;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import io.bida.topic.Tag;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A push as it goes over the wire, signed: what is posted to an HTTP endpoint.
 *
 * <p>Source of every name and value: wire specification 10.1 and 10.2, API 2015-06-06. The letter case of the names
 * counts: receivers look them up case-sensitively.
 *
 * @param address the endpoint
 * @param target path and query as in the request line
 * @param headers all but {@code Host}, {@code Content-Length} and {@code Connection}, which belong to the connection
 * @param body what is posted
 */
public record PushRequest(URI address, String target, Map<String, String> headers, MessageBody body) {

    private static final String METHOD = "POST";
    private static final String PATH_OF_ENDPOINTS_WITHOUT = "/notifications";
    private static final String PREFIX = "x-mns-";
    private static final String VERSION = "2015-06-06";
    private static final String AGENT = "Aliyun Notification Service Agent";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** Keeps its own copy of the headers, in their order. */
    public PushRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The push of this publication to this subscription's HTTP endpoint. */
    public static PushRequest to(
            Endpoint.Http endpoint,
            Subscription subscription,
            Publication publication,
            PushStamp stamp,
            SigningKey key) {
        NotifyContentFormat format = subscription.attributes().format();
        MessageBody body = NotificationDocument.of(subscription, publication);
        String target = target(endpoint.address());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType(format));
        headers.put("Content-md5", contentMd5(body));
        headers.put("Date", date(stamp.date()));
        headers.put("User-Agent", AGENT);
        headers.putAll(ownHeaders(subscription, publication, stamp));
        headers.put("Authorization", key.sign(stringToSign(target, headers)));
        return new PushRequest(endpoint.address(), target, headers, body);
    }

    /** What the signature is made of; the header that carries it does not count. */
    static String stringToSign(String target, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(METHOD).append('\n');
        for (String name : new String[] {"Content-md5", "Content-Type", "Date"}) {
            text.append(headers.getOrDefault(name, "")).append('\n');
        }
        new TreeMap<>(headers).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                text.append(name).append(':').append(value).append('\n');
            }
        });
        return text.append(target).toString();
    }

    private static Map<String, String> ownHeaders(Subscription subscription, Publication publication, PushStamp stamp) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("x-mns-request-id", stamp.requestId());
        headers.put(
                "x-mns-signing-cert-url",
                Base64.getEncoder()
                        .encodeToString(stamp.certificate().toString().getBytes(UTF_8)));
        headers.put("x-mns-version", VERSION);
        headers.put("x-mns-topic-owner", subscription.accountId().value());
        headers.put("x-mns-topic-name", subscription.topicName().value());
        headers.put("x-mns-subscriber", subscription.accountId().value());
        headers.put("x-mns-subscription-name", subscription.name().value());
        headers.put(
                "x-mns-publish-time", Long.toString(publication.publishedAt().toEpochMilli()));
        if (subscription.attributes().format() == NotifyContentFormat.SIMPLIFIED) {
            headers.put("x-mns-message-id", publication.id());
            publication.tag().map(Tag::value).ifPresent(tag -> headers.put("x-mns-message-tag", headerText(tag)));
        }
        return headers;
    }

    private static String target(URI address) {
        String path = address.getRawPath();
        String query = address.getRawQuery();
        if (path.isEmpty() && query == null) {
            return PATH_OF_ENDPOINTS_WITHOUT;
        }
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : '?' + query);
    }

    /** JSON goes as plain text: our choice, the specification has no value for it. */
    private static String contentType(NotifyContentFormat format) {
        return switch (format) {
            case XML -> "text/xml;charset=utf-8";
            case JSON, SIMPLIFIED -> "text/plain;charset=utf-8";
        };
    }

    /** Base64 not of the digest but of its 32 lower-case hex digits. */
    private static String contentMd5(MessageBody body) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(body.bytes());
            String digits = HexFormat.of().formatHex(digest);
            return Base64.getEncoder().encodeToString(digits.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private static String date(Instant moment) {
        return DATE.format(moment.atZone(ZoneOffset.UTC));
    }

    /**
     * A tag of visible ASCII without a percent sign as it is, any other URL-encoded: our choice. A header carries
     * neither line breaks nor, to every receiver alike, other alphabets, and the signature must be that of what
     * arrives.
     */
    private static String headerText(String tag) {
        boolean isPlain = tag.chars().allMatch(c -> c > ' ' && c < 127 && c != '%');
        return isPlain ? tag : URLEncoder.encode(tag, UTF_8).replace("+", "%20");
    }
}
