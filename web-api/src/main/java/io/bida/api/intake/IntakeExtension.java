package io.bida.api.intake;

import io.bida.cluster.NodeHealth;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;
import java.util.function.BooleanSupplier;

/** Puts the handlers of this room in front of the application; found by the server as a service. */
public final class IntakeExtension implements ServletExtension {

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        BooleanSupplier isLeaving =
                () -> context.getAttribute(NodeInContext.NAME) instanceof NodeHealth node && node.isLeaving();
        deployment.addInitialHandlerChainWrapper(
                next -> new RequestHandler(new BodyHandler(new WorkerHandler(next)), isLeaving));
    }
}
