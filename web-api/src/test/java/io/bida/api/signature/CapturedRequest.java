package io.bida.api.signature;

import io.bida.account.AccountId;
import io.bida.api.header.RequestHead;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One file of {@code vectors}: a call an official SDK made, and what it signed. The form is in the wire specification.
 */
public record CapturedRequest(List<String> lines) {

    static final String KEY_ID = "TestAccessKeyId00001";
    static final String SECRET = "TestSecretForVectors0123456789";
    static final String ACCOUNT = "1234567890";

    /** The call in this file. */
    public static CapturedRequest open(String file) {
        return new CapturedRequest(resource(file).lines().toList());
    }

    /** The text of one of the files. */
    public static String resource(String name) {
        try (InputStream in = CapturedRequest.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no vector " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The head as the server sees it. */
    RequestHead head(String version) {
        List<String> part =
                version.equals("v2") ? part("request (signature version 2") : part("request head (signature version 4");
        String[] requestLine = part.get(0).split(" ", 3);
        int question = requestLine[1].indexOf('?');
        HttpServerExchange exchange = new HttpServerExchange(null);
        exchange.setRequestMethod(new HttpString(requestLine[0]));
        exchange.setRequestScheme("http");
        exchange.setRequestURI(
                question < 0 ? requestLine[1] : requestLine[1].substring(0, question),
                requestLine[1].startsWith("http://"));
        exchange.setQueryString(question < 0 ? "" : requestLine[1].substring(question + 1));
        for (String line : part.subList(1, part.size())) {
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            exchange.getRequestHeaders()
                    .add(
                            new HttpString(line.substring(0, colon)),
                            line.substring(colon + 1).trim());
        }
        return RequestHead.of(exchange, "0123456789ABCDEF01234567");
    }

    /** The body, without the line feed before the next part. */
    byte[] body() {
        List<String> part = part("request (signature version 2");
        int empty = part.indexOf("");
        return String.join("\n", part.subList(empty + 1, part.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** The call as resources get to see it; its answer is made at once by whoever has the outcome. */
    public SignedRequest signed() {
        return new SignedRequest(head("v2"), new AccountId(ACCOUNT), body(), () -> true, Runnable::run, Runnable::run);
    }

    /**
     * What the client accepted as the answer.
     *
     * @param location where the new thing is, if anything was made
     * @param document the body, empty if there was none
     */
    public record Answer(int status, Optional<String> location, String document) {}

    /** What the client accepted as the answer. */
    public Answer answer() {
        List<String> part = part("response");
        int empty = part.contains("") ? part.indexOf("") : part.size();
        return new Answer(
                Integer.parseInt(part.get(0).split(" ", 3)[1]),
                part.subList(0, empty).stream()
                        .filter(line -> line.startsWith("Location: "))
                        .map(line -> line.substring("Location: ".length()))
                        .findFirst(),
                part.stream().skip(empty + 1).collect(Collectors.joining("\n")));
    }

    /** What the HMAC covers. */
    String stringToSign(String version) {
        return String.join("\n", part("string to sign (version " + version.substring(1)));
    }

    private List<String> part(String title) {
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (start >= 0 && lines.get(i).startsWith("=== ")) {
                return lines.subList(start, i);
            }
            if (lines.get(i).startsWith("=== " + title)) {
                start = i + 1;
            }
        }
        if (start < 0) {
            throw new IllegalArgumentException("no part " + title);
        }
        return lines.subList(start, lines.size());
    }
}
