package io.bida.api.xml;

/** {@code <OpenService>}: the answer to opening a service that is open already. Source: wire specification 9. */
public final class OpenServiceDocument {

    private static final Element ROOT = Element.root("OpenService");
    private static final Element ORDER_ID = Element.of("OrderId");

    private OpenServiceDocument() {}

    /** The order under which the service was opened. */
    public static byte[] write(String orderId) {
        return new XMLWriter(256)
                .start(ROOT)
                .element(ORDER_ID, orderId)
                .end(ROOT)
                .toByteArray();
    }
}
