package io.bida.api.xml;

import java.util.Optional;

/** {@code <Error>}: why a call as a whole was refused. Source: wire specification 4.1. */
public final class ErrorDocument {

    private static final Tag ROOT = Tag.root("Error");
    private static final Tag CODE = Tag.of("Code");
    private static final Tag MESSAGE = Tag.of("Message");
    private static final Tag REQUEST_ID = Tag.of("RequestId");
    private static final Tag HOST_ID = Tag.of("HostId");
    private static final Tag STRING_TO_SIGN = Tag.of("StringToSign");

    private ErrorDocument() {}

    /**
     * The four elements every client expects, and after them what the server signed, if the refusal is about that;
     * clients pass over elements they do not know.
     */
    public static byte[] write(
            String code, String message, String requestId, String hostId, Optional<String> stringToSign) {
        XMLWriter xml = new XMLWriter(512)
                .start(ROOT)
                .element(CODE, code)
                .element(MESSAGE, message)
                .element(REQUEST_ID, requestId)
                .element(HOST_ID, hostId);
        stringToSign.ifPresent(signed -> xml.element(STRING_TO_SIGN, signed));
        return xml.end(ROOT).toByteArray();
    }
}
