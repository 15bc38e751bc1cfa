package io.bida.api.signature;

import io.bida.api.header.ApiHeaders;
import io.bida.api.header.ContentMD5;
import io.bida.api.header.ContentType;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes in the body of a request: never more than can be valid, never in a form that is not read. */
final class RequestBody {

    private static final byte[] NONE = {};

    private RequestBody() {}

    /**
     * The whole body, checked against the headers that describe it.
     *
     * @param maxBytes longest body, in bytes, inclusive
     * @throws RefusedRequestException if it is too long (RequestEntityTooLarge), of another type or encoded
     *     (UnsupportedMediaType), or not the one that was digested (InvalidDegist)
     * @throws IOException if the client stops sending
     */
    static byte[] read(RequestHead head, InputStream from, int maxBytes) throws IOException {
        byte[] body = head.announcesBody() ? readAnnounced(head, from, maxBytes) : NONE;
        Optional<String> digest = head.header(ApiHeaders.CONTENT_MD5);
        if (digest.isPresent() && !digest.get().isEmpty() && !isDigest(head, digest.get(), body)) {
            throw new RefusedRequestException(ErrorCode.INVALID_DIGEST);
        }
        return body;
    }

    private static boolean isDigest(RequestHead head, String digest, byte[] body) {
        return !head.isRepeated(ApiHeaders.CONTENT_MD5) && ContentMD5.matches(digest, body);
    }

    private static byte[] readAnnounced(RequestHead head, InputStream from, int maxBytes) throws IOException {
        checkForm(head);
        long declared = declaredLength(head);
        if (declared > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try {
            return declared > 0 ? readExactly((int) declared, from) : readUpTo(maxBytes, from);
        } catch (RequestTooBigException e) {
            throw tooLarge(maxBytes);
        }
    }

    private static byte[] readExactly(int length, InputStream from) throws IOException {
        byte[] body = new byte[length];
        if (from.readNBytes(body, 0, length) < length) {
            throw new EOFException("the body ended before its declared length");
        }
        return body;
    }

    // One byte more than allowed tells "just fits" from "too long".
    private static byte[] readUpTo(int maxBytes, InputStream from) throws IOException {
        byte[] body = from.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return body;
    }

    private static void checkForm(RequestHead head) {
        boolean typed = head.contentType().map(ContentType::isReadable).orElse(true);
        boolean plain = head.header(Headers.CONTENT_ENCODING)
                .map(encoding -> encoding.equalsIgnoreCase("identity"))
                .orElse(true);
        if (!typed || !plain) {
            throw new RefusedRequestException(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static long declaredLength(RequestHead head) {
        try {
            return head.header(Headers.CONTENT_LENGTH).map(Long::valueOf).orElse(0L);
        } catch (NumberFormatException e) {
            return 0; // the server has checked the header; if not, the reading itself is capped
        }
    }

    private static RefusedRequestException tooLarge(int maxBytes) {
        return new RefusedRequestException(ErrorCode.REQUEST_TOO_LARGE, maxBytes);
    }
}
