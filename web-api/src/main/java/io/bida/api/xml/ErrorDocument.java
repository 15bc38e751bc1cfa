package io.bida.api.xml;

import java.util.Optional;

/** {@code <Error>}: why a call as a whole was refused. Source: wire specification 4.1. */
public final class ErrorDocument {

    private static final Element ROOT = Element.root("Error");
    private static final Element CODE = Element.of("Code");
    private static final Element MESSAGE = Element.of("Message");
    private static final Element REQUEST_ID = Element.of("RequestId");
    private static final Element HOST_ID = Element.of("HostId");
    private static final Element STRING_TO_SIGN = Element.of("StringToSign");

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
