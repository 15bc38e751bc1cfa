package io.bida.console.cluster;

import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.NodeReport;
import io.bida.console.component.BytesLabel;
import io.bida.console.component.CountLabel;
import io.bida.console.component.DurationLabel;
import io.bida.console.component.MomentLabel;
import io.bida.console.component.VisibleIf;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.wicket.Component;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.panel.Panel;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.StringResourceModel;

/** What one row says of its node: all that the node says of itself, or that it says nothing. */
final class NodeCells extends Panel {

    private static final long serialVersionUID = 1L;

    private final IModel<Node> node;

    NodeCells(String id, IModel<Node> node) {
        super(id, node);
        this.node = node;
        setRenderBodyOnly(true);
        IModel<Boolean> answers = node.map(it -> it.report().isPresent());
        add(new Label("name", node.map(Node::name)));
        add(new Label(
                "address",
                node.map(it -> it.report().map(said -> said.run().address()).orElse(""))));
        add(new Label("state", () -> getString("state." + node.getObject().state())));
        add(new Label("detail", node.map(Node::detail)).add(new VisibleIf(node.map(NodeCells::hasMoreToSay))));
        add(since());
        add(figures().add(new VisibleIf(answers)));
        add(new WebMarkupContainer("silence").add(new VisibleIf(answers.map(yes -> !yes))));
    }

    /** That it is gone is said by the moment since when. */
    private static boolean hasMoreToSay(Node node) {
        return !node.detail().isEmpty() && node.goneSince().isEmpty();
    }

    private Component since() {
        IModel<Instant> since = node.map(it -> it.goneSince().orElse(Instant.EPOCH));
        return new WebMarkupContainer("since")
                .add(new MomentLabel("goneSince", since))
                .add(new VisibleIf(node.map(it -> it.goneSince().isPresent())));
    }

    /** Only asked of a node that answers. */
    private WebMarkupContainer figures() {
        IModel<NodeReport> said = node.map(it -> it.report().orElseThrow());
        WebMarkupContainer figures = new WebMarkupContainer("figures");
        figures.add(new Label("epoch", () -> epoch(said.getObject())));
        figures.add(new CountLabel("led", said.map(it -> (long) it.segments().led())));
        figures.add(new CountLabel("owned", said.map(it -> (long) it.segments().owned())));
        figures.add(toCome(said));
        figures.add(new CountLabel("messages", said.map(NodeReport::messages)));
        figures.add(new BytesLabel("diskFree", said.map(it -> it.room().diskFree())));
        figures.add(new BytesLabel("diskReserve", said.map(it -> it.room().diskReserve())));
        figures.add(new BytesLabel("heapUsed", said.map(it -> it.room().heapUsed())));
        figures.add(new BytesLabel("heapMax", said.map(it -> it.room().heapMax())));
        figures.add(new DurationLabel("uptime", said.map(it -> coarse(it.run().uptime()))));
        figures.add(new Label("version", said.map(it -> it.run().version())));
        return figures;
    }

    /** A node that stands alone, or has agreed on nothing yet, has none. */
    private String epoch(NodeReport said) {
        long epoch = said.membership().epoch();
        return epoch == 0 ? "–" : CountLabel.format(epoch, getLocale());
    }

    private Component toCome(IModel<NodeReport> said) {
        IModel<Integer> left = said.map(it -> it.segments().toCopy());
        return new Label(
                        "toCome",
                        () -> new StringResourceModel("toCome", this)
                                .setParameters(CountLabel.format(left.getObject(), getLocale()))
                                .getString())
                .add(new VisibleIf(left.map(copies -> copies > 0)));
    }

    /** To two units at most: nobody wants the seconds of a week. */
    private static Duration coarse(Duration length) {
        if (length.toDays() > 0) {
            return length.truncatedTo(ChronoUnit.HOURS);
        }
        return length.truncatedTo(length.toHours() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
    }
}
