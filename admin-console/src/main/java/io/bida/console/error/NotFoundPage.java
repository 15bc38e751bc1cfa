package io.bida.console.error;

import io.bida.console.OpenToAnyone;

/** There is nothing at the address. */
@OpenToAnyone
public final class NotFoundPage extends ErrorPage {

    private static final long serialVersionUID = 1L;

    /** Answers with status 404. */
    public NotFoundPage() {
        super(404);
    }
}
