package io.bida.console.error;

import java.util.UUID;
import org.apache.wicket.Application;
import org.apache.wicket.DefaultExceptionMapper;
import org.apache.wicket.core.request.handler.PageProvider;
import org.apache.wicket.core.request.handler.RenderPageRequestHandler;
import org.apache.wicket.request.IRequestHandler;
import org.jboss.logging.Logger;

/**
 * Answers a defect with a page that shows a reference and nothing else; the log has the reference with the stack trace.
 */
public final class ConsoleExceptionMapper extends DefaultExceptionMapper {

    private static final Logger LOG = Logger.getLogger(ConsoleExceptionMapper.class);

    @Override
    protected IRequestHandler mapUnexpectedExceptions(Exception defect, Application application) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(defect, "A console page failed, reference %s", reference);
        return new RenderPageRequestHandler(
                new PageProvider(new FailurePage(reference)), RenderPageRequestHandler.RedirectPolicy.NEVER_REDIRECT);
    }
}
