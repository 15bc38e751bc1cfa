package io.bida.console.error;

import io.bida.console.OpenToAnyone;

/** The page that was asked for is not kept any more. */
@OpenToAnyone
public final class ExpiredPage extends ErrorPage {

    private static final long serialVersionUID = 1L;

    /** Answers with status 410. */
    public ExpiredPage() {
        super(410);
    }
}
