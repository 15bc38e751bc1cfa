package io.bida.console;

import io.bida.console.account.AccountListPage;
import io.bida.console.account.LoginPage;
import io.bida.console.cluster.ClusterPage;
import io.bida.console.cluster.LiveClusterResource;
import io.bida.console.error.AccessDeniedPage;
import io.bida.console.error.ConsoleExceptionMapper;
import io.bida.console.error.ExpiredPage;
import io.bida.console.error.NotFoundPage;
import io.bida.console.injection.CdiServiceInjector;
import io.bida.console.injection.ServiceInjector;
import io.bida.console.queue.CreateQueuePage;
import io.bida.console.queue.DeleteQueuePage;
import io.bida.console.queue.LiveQueuesResource;
import io.bida.console.queue.QueueListPage;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.wicket.Page;
import org.apache.wicket.RuntimeConfigurationType;
import org.apache.wicket.Session;
import org.apache.wicket.coep.CrossOriginEmbedderPolicyConfiguration.CoepMode;
import org.apache.wicket.csp.CSPDirective;
import org.apache.wicket.csp.CSPDirectiveSrcValue;
import org.apache.wicket.protocol.http.WebApplication;
import org.apache.wicket.request.Request;
import org.apache.wicket.request.Response;

/** The console as one Wicket application: its pages and their addresses, who may open them, and what guards them. */
public final class ConsoleApplication extends WebApplication {

    private final Supplier<ServiceInjector> injectorSupplier;
    private ServiceInjector injector = target -> {
        throw new IllegalStateException("not started");
    };

    @Inject
    Clock clock;

    /** The deployed console: services come from the container. */
    public ConsoleApplication() {
        this(CdiServiceInjector::new);
    }

    /** A console whose services come from elsewhere. */
    public ConsoleApplication(Supplier<ServiceInjector> injectorSupplier) {
        this.injectorSupplier = injectorSupplier;
    }

    /** The console that serves the current request. */
    public static ConsoleApplication get() {
        return (ConsoleApplication) WebApplication.get();
    }

    @Override
    public Class<? extends Page> getHomePage() {
        return HomePage.class;
    }

    /** Never the development mode, which shows stack traces to whoever asks for a broken page. */
    @Override
    public RuntimeConfigurationType getConfigurationType() {
        return RuntimeConfigurationType.DEPLOYMENT;
    }

    @Override
    public Session newSession(Request request, Response response) {
        return new ConsoleSession(request);
    }

    /** Fills the injected fields of a page, a panel or a live resource. */
    public void inject(Object target) {
        injector.inject(target);
    }

    @Override
    protected void init() {
        super.init();
        injector = injectorSupplier.get();
        inject(this);
        getComponentInstantiationListeners().add(component -> {
            if (isOurs(component.getClass())) {
                inject(component);
            }
        });
        guard();
        mountPages();
        getMarkupSettings().setStripWicketTags(true);
        getMarkupSettings().setDefaultMarkupEncoding("UTF-8");
        getRequestCycleSettings().setResponseRequestEncoding("UTF-8");
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.bida.console.");
    }

    private void guard() {
        getCspSettings()
                .blocking()
                .strict()
                // The style sheet draws arrows, ticks and crosses as data: images.
                .add(CSPDirective.IMG_SRC, "data:")
                .add(CSPDirective.FORM_ACTION, CSPDirectiveSrcValue.SELF)
                .add(CSPDirective.FRAME_ANCESTORS, CSPDirectiveSrcValue.NONE);
        // Everything comes from here already, by the policy above; a report nobody reads is only noise.
        getSecuritySettings().setCrossOriginEmbedderPolicyConfiguration(CoepMode.DISABLED);
        getSecuritySettings().setAuthorizationStrategy(new ConsoleAuthorization());
        getRequestCycleListeners().add(new IdleSignOut(clock));
        getApplicationSettings().setAccessDeniedPage(AccessDeniedPage.class);
        getApplicationSettings().setPageExpiredErrorPage(ExpiredPage.class);
        setExceptionMapperProvider(ConsoleExceptionMapper::new);
    }

    private void mountPages() {
        mountPage("/login", LoginPage.class);
        mountPage("/accounts", AccountListPage.class);
        mountPage("/queues", QueueListPage.class);
        mountPage("/queues/${name}/delete", DeleteQueuePage.class);
        mountPage("/cluster", ClusterPage.class);
        mountResource(LiveClusterResource.PATH, LiveClusterResource.reference());
        mountPage("/create-queue", CreateQueuePage.class);
        mountResource(LiveQueuesResource.PATH, LiveQueuesResource.reference());
        mountPage("/access-denied", AccessDeniedPage.class);
        mountPage("/expired", ExpiredPage.class);
        mountPage("/not-found", NotFoundPage.class);
    }
}
