package io.bida.api.xml;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A body that is not well-formed XML, or uses what the wire forbids. Becomes {@link ErrorCode#MALFORMED_XML}. */
public final class MalformedXMLException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public MalformedXMLException() {
        super(ErrorCode.MALFORMED_XML);
    }
}
