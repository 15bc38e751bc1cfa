package io.bida.console.error;

import io.bida.error.ServiceUnavailableException;
import java.util.UUID;
import org.apache.wicket.Application;
import org.apache.wicket.DefaultExceptionMapper;
import org.apache.wicket.core.request.handler.PageProvider;
import org.apache.wicket.core.request.handler.RenderPageRequestHandler;
import org.apache.wicket.request.IRequestHandler;
import org.apache.wicket.util.lang.Exceptions;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers a lost database with a page that says so, and a defect with one that shows a reference and nothing else; the
 * log has the reference with the stack trace.
 */
public final class ConsoleExceptionMapper extends DefaultExceptionMapper {

    private static final Logger LOG = Logger.getLogger(ConsoleExceptionMapper.class);

    @Override
    protected IRequestHandler mapUnexpectedExceptions(Exception thrown, Application application) {
        // Pages explain in place what a service of queues refuses; what comes here is from people and accounts.
        @Nullable ServiceUnavailableException refusal = Exceptions.findCause(thrown, ServiceUnavailableException.class);
        if (refusal != null) {
            return show(new DatabaseUnavailablePage(refusal));
        }
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(thrown, "A console page failed, reference %s", reference);
        return show(new FailurePage(reference));
    }

    private static IRequestHandler show(ErrorPage page) {
        return new RenderPageRequestHandler(
                new PageProvider(page), RenderPageRequestHandler.RedirectPolicy.NEVER_REDIRECT);
    }
}
