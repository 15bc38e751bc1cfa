package io.bida.api.intake;

import io.bida.cluster.NodeHealth;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Shows the handlers in front of the application, into which nothing is injected, how the node is. */
@WebListener
public class NodeInContext implements ServletContextListener {

    /** Under which name the {@link NodeHealth} stands in the application's context. */
    static final String NAME = NodeHealth.class.getName();

    @Inject
    NodeHealth node;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(NAME, node);
    }
}
