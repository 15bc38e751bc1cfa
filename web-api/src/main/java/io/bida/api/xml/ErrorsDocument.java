package io.bida.api.xml;

import io.bida.message.DeleteOutcome;
import java.util.List;

/** {@code <Errors>}: the handles of a batch of deletes that deleted nothing. Source: wire specification 4.3. */
public final class ErrorsDocument {

    private static final Element ROOT = Element.root("Errors");
    private static final Element ERROR = Element.of("Error");
    private static final Element ERROR_CODE = Element.of("ErrorCode");
    private static final Element ERROR_MESSAGE = Element.of("ErrorMessage");
    private static final Element RECEIPT_HANDLE = Element.of("ReceiptHandle");

    private ErrorsDocument() {}

    /** Lists the failures among the outcomes. */
    public static byte[] write(List<DeleteOutcome> outcomes) {
        XMLWriter xml = new XMLWriter(128 + 256 * outcomes.size()).start(ROOT);
        for (DeleteOutcome outcome : outcomes) {
            if (outcome instanceof DeleteOutcome.Failed failed) {
                xml.start(ERROR)
                        .element(ERROR_CODE, failed.reason().code().wireName())
                        .element(ERROR_MESSAGE, failed.reason().getMessage())
                        .element(RECEIPT_HANDLE, failed.receiptHandle())
                        .end(ERROR);
            }
        }
        return xml.end(ROOT).toByteArray();
    }
}
