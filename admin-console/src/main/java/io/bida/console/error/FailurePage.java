package io.bida.console.error;

import io.bida.console.OpenToAnyone;
import org.apache.wicket.markup.html.basic.Label;

/** The console has a defect; shows the reference under which the log tells more. */
@OpenToAnyone
public final class FailurePage extends ErrorPage {

    private static final long serialVersionUID = 1L;

    /** Answers with status 500. */
    FailurePage(String reference) {
        super(500);
        add(new Label("reference", reference));
    }
}
