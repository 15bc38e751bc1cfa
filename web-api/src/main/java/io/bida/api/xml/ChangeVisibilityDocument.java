package io.bida.api.xml;

import io.bida.message.ChangedVisibility;

/** {@code <ChangeVisibility>}: the answer to a change of visibility. Source: wire specification 7.8. */
public final class ChangeVisibilityDocument {

    private static final Element ROOT = Element.root("ChangeVisibility");
    private static final Element RECEIPT_HANDLE = Element.of("ReceiptHandle");
    private static final Element NEXT_VISIBLE_TIME = Element.of("NextVisibleTime");

    private ChangeVisibilityDocument() {}

    /** The new handle and when the message becomes receivable. */
    public static byte[] write(ChangedVisibility changed) {
        return new XMLWriter(384)
                .start(ROOT)
                .element(RECEIPT_HANDLE, changed.receiptHandle().text())
                .element(NEXT_VISIBLE_TIME, changed.nextVisibleAt().toEpochMilli())
                .end(ROOT)
                .toByteArray();
    }
}
