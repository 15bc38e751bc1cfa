package io.bida.console.error;

import io.bida.console.ConsolePage;
import io.bida.console.HomePage;
import org.apache.wicket.markup.html.link.BookmarkablePageLink;
import org.apache.wicket.request.http.WebResponse;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/** Says in one sentence what happened, and leads back to the start. */
abstract class ErrorPage extends ConsolePage {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** Answers with this HTTP status. */
    ErrorPage(int status) {
        super(new PageParameters());
        this.status = status;
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(new BookmarkablePageLink<>("start", HomePage.class));
    }

    @Override
    protected void setHeaders(WebResponse response) {
        super.setHeaders(response);
        response.setStatus(status);
    }

    @Override
    public boolean isErrorPage() {
        return true;
    }

    @Override
    public boolean isVersioned() {
        return false;
    }
}
