package io.bida.console.cluster;

import io.bida.account.ConsoleRole;
import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterService;
import io.bida.console.AllowedFor;
import io.bida.console.ConsolePage;
import io.bida.console.component.LiveLine;
import jakarta.inject.Inject;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.LoadableDetachableModel;
import org.apache.wicket.request.mapper.parameter.PageParameters;

/**
 * Whether a node can be lost now, where the copies are, and how every node is.
 *
 * <p>Address: {@code /console/cluster}. One service call renders it; {@link LiveClusterResource} brings it up to date
 * while somebody looks.
 */
@AllowedFor(ConsoleRole.PLATFORM_ADMIN)
public final class ClusterPage extends ConsolePage {

    private static final long serialVersionUID = 1L;

    @Inject
    transient ClusterService cluster;

    /** The cluster as it is. */
    public ClusterPage(PageParameters parameters) {
        super(parameters);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        IModel<ClusterReport> report = LoadableDetachableModel.of(() -> cluster.clusterReport());
        WebMarkupContainer live = new WebMarkupContainer("live");
        live.add(AttributeModifier.replace("data-live", () -> urlFor(LiveClusterResource.reference(), null)));
        live.add(new LiveLine("line", report.map(ClusterReport::takenAt)));
        live.add(new ClusterPanel("cluster", report));
        add(live);
    }
}
