package io.bida.api.answer;

import io.bida.api.error.ErrorAnswer;
import io.bida.api.header.ApiHeaders;
import io.bida.api.signature.SignedRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The answers that succeed, with the exact statuses some clients compare. Source: wire specification 1.5. */
public final class Answers {

    /**
     * Largest document of a short answer, in bytes: 8192, our choice, half of what the server writes at once; every
     * answer but received or peeked messages is shorter.
     */
    private static final int SHORT_ANSWER_BYTES = 8192;

    private Answers() {}

    /** 200 with a document. */
    public static Response ok(byte[] document) {
        return withDocument(200, document);
    }

    /** 201 with a document: sent. */
    public static Response sent(byte[] document) {
        return withDocument(201, document);
    }

    /** A status that says "in part" with the document that says which. */
    public static Response inPart(int status, byte[] document) {
        return withDocument(status, document);
    }

    /** 201 without a document, and where the new thing is. */
    public static Response created(String location) {
        return Response.status(201).header(ApiHeaders.LOCATION, location).build();
    }

    /** 204: it was there already, just like that, and where. */
    public static Response existing(String location) {
        return Response.status(204).header(ApiHeaders.LOCATION, location).build();
    }

    /** 204: done. */
    public static Response done() {
        return Response.status(204).build();
    }

    private static Response withDocument(int status, byte[] document) {
        return Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, ApiHeaders.XML_TYPE)
                .entity(document)
                .build();
    }

    /**
     * The answer once the core is done, be it well or not. No thread of the core makes it or sends it: a client that
     * reads slowly must not hold up other people's messages. A short one is sent by the thread that waits for the
     * connection's next request, which saves two changes of threads; a long one may not fit into what the system
     * buffers for a connection, so it goes to a thread that can wait.
     */
    public static <T> CompletionStage<Response> later(
            SignedRequest request, CompletionStage<T> outcome, Function<T, Response> answer) {
        CompletionStage<Response> made = outcome.handleAsync(
                (value, failure) -> failure == null
                        ? answer.apply(value)
                        : ErrorAnswer.of(failure, request.head()).toResponse(),
                request.shortAnswers());
        return made.thenCompose(
                response -> isShort(response) ? made : made.thenApplyAsync(same -> same, request.longAnswers()));
    }

    private static boolean isShort(Response response) {
        return !(response.getEntity() instanceof byte[] document) || document.length <= SHORT_ANSWER_BYTES;
    }
}
