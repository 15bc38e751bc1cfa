package io.bida.it.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Both request signatures, written from the wire specification alone. Source: wire specification 2.1 and 2.2, API
 * 2015-06-06.
 */
public final class Signer {

    private static final DateTimeFormatter V4_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    private Signer() {}

    /** The text that version 2 signs: verb, three headers, the service's own headers, the raw target. */
    public static String stringToSignV2(String method, String target, List<Header> headers) {
        String date = first(headers, "Date");
        return String.join(
                        "\n",
                        method,
                        first(headers, "Content-MD5"),
                        first(headers, "Content-Type"),
                        date.isEmpty() ? first(headers, "x-mns-date") : date,
                        "")
                + serviceHeaders(headers)
                + resource(target);
    }

    /** The value of the {@code Authorization} header by version 2. */
    public static String authorizationV2(Credentials key, String method, String target, List<Header> headers) {
        byte[] secret = key.accessKeySecret().getBytes(StandardCharsets.UTF_8);
        byte[] signature = hmac("HmacSHA1", secret, stringToSignV2(method, target, headers));
        return "MNS " + key.accessKeyId() + ":" + Base64.getEncoder().encodeToString(signature);
    }

    /** The text that version 4 signs. */
    public static String stringToSignV4(
            String method, String target, List<Header> headers, String region, Instant time) {
        String resource = resource(target);
        int question = resource.indexOf('?');
        String path = question < 0 ? resource : resource.substring(0, question);
        String query = question < 0 ? "" : resource.substring(question + 1);
        return String.join(
                "\n",
                "MNS4-HMAC-SHA256",
                V4_TIME.format(time),
                scope(region, time),
                method,
                encode(decode(path), "/"),
                canonicalQuery(query),
                canonicalHeaders(headers) + "\n");
    }

    /** The value of the {@code Authorization} header by version 4. */
    public static String authorizationV4(
            Credentials key, String method, String target, List<Header> headers, String region, Instant time) {
        byte[] signing = ("aliyun_v4" + key.accessKeySecret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(day(time), region, "mns", "aliyun_v4_request")) {
            signing = hmac("HmacSHA256", signing, part);
        }
        byte[] signature = hmac("HmacSHA256", signing, stringToSignV4(method, target, headers, region, time));
        return "MNS4-HMAC-SHA256 Credential=" + key.accessKeyId() + "/" + scope(region, time) + ",Signature="
                + HexFormat.of().formatHex(signature);
    }

    /** RFC 3986 percent-encoding of UTF-8, leaving also the characters of {@code kept} as they are. */
    static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String canonicalQuery(String query) {
        if (query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&"))
                .map(item -> item.split("=", 2))
                .map(pair -> Map.entry(
                        encode(decode(pair[0]).strip().toLowerCase(Locale.ROOT), ""),
                        pair.length == 1 ? "" : encode(decode(pair[1]).strip(), "")))
                .sorted(Map.Entry.comparingByKey())
                .map(pair -> pair.getValue().isEmpty() ? pair.getKey() : pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String canonicalHeaders(List<Header> headers) {
        Map<String, String> sorted = new TreeMap<>();
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-mns-") || name.equals("content-type") || name.equals("content-md5")) {
                sorted.put(name, header.value().strip());
            }
        }
        return lines(sorted);
    }

    private static String serviceHeaders(List<Header> headers) {
        Map<String, String> sorted = new TreeMap<>();
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-mns-")) {
                sorted.put(name, header.value().strip());
            }
        }
        return lines(sorted);
    }

    private static String lines(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Path and query as in the request line; of an absolute form what follows the authority. */
    private static String resource(String target) {
        int authority = target.indexOf("://");
        return target.startsWith("/") || authority < 0 ? target : target.substring(target.indexOf('/', authority + 3));
    }

    private static String decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Byte> decoded = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                decoded.add((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                decoded.add(bytes[i]);
            }
        }
        byte[] result = new byte[decoded.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = decoded.get(i);
        }
        return new String(result, StandardCharsets.UTF_8);
    }

    private static String first(List<Header> headers, String name) {
        return headers.stream()
                .filter(h -> h.isNamed(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static String scope(String region, Instant time) {
        return day(time) + "/" + region + "/mns/aliyun_v4_request";
    }

    private static String day(Instant time) {
        return V4_TIME.format(time).substring(0, 8);
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
