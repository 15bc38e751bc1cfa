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
import org.jboss.as.server.suspend.SuspensionStateProvider;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.jspecify.annotations.Nullable;

/**
 * The server that this node runs in: tells when it is up and when it is told to stop, and on which addresses it
 * listens.
 *
 * <p>It asks the running server itself. The names of its two services are fixed by the server's version.
 */
public final class HostServer implements AutoCloseable {

    private static final ServiceName SUSPENSION = ServiceName.parse("org.wildfly.server.suspend-controller");
    private static final ServiceName BINDINGS = ServiceName.parse("org.wildfly.management.socket-binding-manager");

    private volatile @Nullable Supplier<SocketBindingManager> bindings;
    private @Nullable ServiceController<?> service;

    /** What happens to the server; called by its own threads, so nothing here may wait. */
    public interface Life {

        /** It is up, with all its ports and deployments; called once. */
        void up();

        /** It was told to stop, by a signal or its management; it takes requests until the stage completes. */
        CompletionStage<Void> stopping();
    }

    /** Tells this listener from now on; to be called once. */
    public void watch(Life life) {
        ServiceBuilder<?> builder =
                CurrentServiceContainer.getServiceContainer().addService();
        Supplier<SuspendableActivityRegistry> registry = builder.requires(SUSPENSION);
        bindings = builder.requires(BINDINGS);
        Activity activity = new Activity(life);
        builder.setInstance(new Service() {

            @Override
            public void start(StartContext context) {
                registry.get().registerActivity(activity);
                if (registry.get().getState() == SuspensionStateProvider.State.RUNNING) {
                    activity.up(); // deployed into a server that was up already
                }
            }

            @Override
            public void stop(StopContext context) {
                registry.get().unregisterActivity(activity);
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

    private static final class Activity implements SuspendableActivity {

        private final Life life;
        private final AtomicBoolean isUp = new AtomicBoolean();

        private Activity(Life life) {
            this.life = life;
        }

        private void up() {
            if (!isUp.getAndSet(true)) {
                life.up();
            }
        }

        @Override
        public CompletionStage<Void> prepare(ServerSuspendContext context) {
            return context.isStopping() ? life.stopping() : COMPLETED;
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
}
