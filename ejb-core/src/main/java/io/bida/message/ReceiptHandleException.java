package io.bida.message;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A string that was never a receipt handle of this queue. Becomes {@link ErrorCode#RECEIPT_HANDLE_ERROR}. */
public final class ReceiptHandleException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public ReceiptHandleException() {
        super(ErrorCode.RECEIPT_HANDLE_ERROR);
    }
}
