package io.bida.console.error;

import io.bida.console.OpenToAnyone;

/** The person, or the site the request came from, may not do this. */
@OpenToAnyone
public final class AccessDeniedPage extends ErrorPage {

    private static final long serialVersionUID = 1L;

    /** Answers with status 403. */
    public AccessDeniedPage() {
        super(403);
    }
}
