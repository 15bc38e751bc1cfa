package io.bida.cluster;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.as.network.ManagedBinding;
import org.jboss.as.network.SocketBindingManager;
import org.jboss.as.server.CurrentServiceContainer;
import org.jboss.as.server.suspend.ServerResumeContext;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.jboss.as.server.suspend.SuspendableActivity;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.as.server.suspend.SuspendableActivityRegistry.SuspendPriority;
import org.jboss.as.server.suspend.SuspensionStateProvider;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.jspecify.annotations.Nullable;
import org.wildfly.extension.undertow.ListenerService;

/**
 * The server that this node runs in: tells when it is up and when it is told to stop, on which addresses it listens,
 * and opens and closes its port for requests.
 *
 * <p>The port is open only while every path has its answer. The server itself opens it before its first page is there
 * and closes it after the last is gone, and says 404 meanwhile, which a client takes for the queue's absence. So it is
 * configured closed, and opened here.
 *
 * <p>It asks the running server itself. The names of its services are fixed by the server's version.
 */
public final class HostServer implements AutoCloseable {

    private static final ServiceName SUSPENSION = ServiceName.parse("org.wildfly.server.suspend-controller");
    private static final ServiceName BINDINGS = ServiceName.parse("org.wildfly.management.socket-binding-manager");

    private static final ServiceName REQUESTS = ServiceName.parse("org.wildfly.undertow.listener.default");

    private volatile @Nullable Supplier<SocketBindingManager> bindings;
    private @Nullable ServiceController<?> service;

    /** What happens to the server; called by its own threads, so nothing here may wait. */
    public interface Life {

        /** It is up, with all its deployments, and takes requests; called once. */
        void up();

        /** It is up and cannot take requests there, as a rule because the port is taken; called once, instead. */
        void cannotListen(InetSocketAddress address, RuntimeException reason);

        /** It was told to stop, by a signal or its management; it takes requests until the stage completes. */
        CompletionStage<Void> stopping();
    }

    /** Tells this listener from now on; to be called once. */
    public void watch(Life life) {
        ServiceBuilder<?> builder =
                CurrentServiceContainer.getServiceContainer().addService();
        Supplier<SuspendableActivityRegistry> registry = builder.requires(SUSPENSION);
        bindings = builder.requires(BINDINGS);
        Supplier<ListenerService> listener = builder.requires(REQUESTS);
        Activity activity = new Activity(life, listener);
        Closing closing = new Closing(listener);
        builder.setInstance(new Service() {

            @Override
            public void start(StartContext context) {
                registry.get().registerActivity(activity);
                registry.get().registerActivity(closing, SuspendPriority.LAST);
                if (registry.get().getState() == SuspensionStateProvider.State.RUNNING) {
                    activity.up(); // deployed into a server that was up already
                }
            }

            @Override
            public void stop(StopContext context) {
                listener.get().setEnabled(false); // the application goes and the server stays
                registry.get().unregisterActivity(activity);
                registry.get().unregisterActivity(closing);
            }
        });
        service = builder.install();
    }

    /** The ports that the server has open, by name. */
    public Map<String, List<InetSocketAddress>> listening() {
        SocketBindingManager open =
                Objects.requireNonNull(bindings, "nobody watches yet").get();
        Map<String, List<InetSocketAddress>> addresses = new LinkedHashMap<>();
        List<ManagedBinding> all = new ArrayList<>(open.getNamedRegistry().listActiveBindings());
        all.addAll(open.getUnnamedRegistry().listActiveBindings());
        for (ManagedBinding binding : all) {
            if (binding.getSocketBindingName() != null) {
                addresses
                        .computeIfAbsent(binding.getSocketBindingName(), name -> new ArrayList<>())
                        .add(binding.getBindAddress());
            }
        }
        return addresses;
    }

    /** Tells nobody any more. */
    @Override
    public void close() {
        if (service != null) {
            service.setMode(ServiceController.Mode.REMOVE);
        }
    }

    /** Opens the port when the server is up; takes no new connections when it may go. */
    private static final class Activity implements SuspendableActivity {

        private final Life life;
        private final Supplier<ListenerService> listener;
        private final AtomicBoolean isUp = new AtomicBoolean();

        private Activity(Life life, Supplier<ListenerService> listener) {
            this.life = life;
            this.listener = listener;
        }

        private void up() {
            if (isUp.getAndSet(true)) {
                return;
            }
            try {
                listener.get().setEnabled(true);
            } catch (RuntimeException e) {
                life.cannotListen(listener.get().getSocketBinding().getSocketAddress(), e);
                return;
            }
            life.up();
        }

        @Override
        public CompletionStage<Void> prepare(ServerSuspendContext context) {
            return context.isStopping()
                    ? life.stopping().thenRun(() -> listener.get().setEnabled(false))
                    : COMPLETED;
        }

        @Override
        public CompletionStage<Void> suspend(ServerSuspendContext context) {
            return COMPLETED;
        }

        @Override
        public CompletionStage<Void> resume(ServerResumeContext context) {
            up();
            return COMPLETED;
        }
    }

    /** Closes the connections that are left when the last request is answered; the deployments go after it. */
    private record Closing(Supplier<ListenerService> listener) implements SuspendableActivity {

        @Override
        public CompletionStage<Void> prepare(ServerSuspendContext context) {
            return COMPLETED;
        }

        @Override
        public CompletionStage<Void> suspend(ServerSuspendContext context) {
            if (context.isStopping()) {
                listener.get().getOpenListener().closeConnections();
            }
            return COMPLETED;
        }

        @Override
        public CompletionStage<Void> resume(ServerResumeContext context) {
            return COMPLETED;
        }
    }
}
