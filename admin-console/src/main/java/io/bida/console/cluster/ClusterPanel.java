package io.bida.console.cluster;

import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterReport.Copies;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.console.component.CountLabel;
import io.bida.console.component.VisibleIf;
import org.apache.wicket.AttributeModifier;
import org.apache.wicket.Component;
import org.apache.wicket.markup.html.WebMarkupContainer;
import org.apache.wicket.markup.html.basic.Label;
import org.apache.wicket.markup.html.list.ListItem;
import org.apache.wicket.markup.html.list.ListView;
import org.apache.wicket.markup.html.panel.Panel;
import org.apache.wicket.model.IModel;
import org.apache.wicket.model.StringResourceModel;

/** The answer to "can a node be lost now?", the copies, and a row for each node. */
final class ClusterPanel extends Panel {

    private static final long serialVersionUID = 1L;

    private final IModel<ClusterReport> report;

    ClusterPanel(String id, IModel<ClusterReport> report) {
        super(id, report);
        this.report = report;
        add(verdict());
        add(new WebMarkupContainer("alone").add(new VisibleIf(report.map(ClusterReport::standsAlone))));
        add(facts());
        add(progress());
        add(nodes());
    }

    private Component verdict() {
        IModel<LossVerdict> loss = report.map(ClusterReport::loss);
        IModel<Boolean> isYes = loss.map(LossVerdict::canLoseANode);
        WebMarkupContainer verdict = new WebMarkupContainer("verdict");
        verdict.add(AttributeModifier.append("class", loss.map(ClusterPanel::colour)));
        verdict.add(new WebMarkupContainer("yes").add(new VisibleIf(isYes)));
        verdict.add(new WebMarkupContainer("no").add(new VisibleIf(isYes.map(yes -> !yes))));
        verdict.add(new Label("answer", () -> getString(isYes.getObject() ? "yes" : "no")));
        verdict.add(new Label("reason", () -> reason(loss.getObject())));
        return verdict;
    }

    /** Standing alone is no fault to be repaired. */
    private static String colour(LossVerdict loss) {
        if (loss.canLoseANode()) {
            return "verdict-yes";
        }
        return loss.reason() == Reason.STANDS_ALONE ? "verdict-alone" : "verdict-no";
    }

    private String reason(LossVerdict loss) {
        return new StringResourceModel("loss." + loss.reason(), this)
                .setParameters(loss.fact())
                .getString();
    }

    private Component facts() {
        IModel<Copies> copies = report.map(ClusterReport::copies);
        IModel<Boolean> isCluster = report.map(it -> !it.standsAlone());
        WebMarkupContainer facts = new WebMarkupContainer("facts");
        facts.add(new WebMarkupContainer("epochFact")
                .add(new CountLabel("epoch", report.map(ClusterReport::epoch)))
                .add(new VisibleIf(isCluster)));
        facts.add(new WebMarkupContainer("membersFact")
                .add(new Label("members", report.map(it -> String.join(", ", it.members()))))
                .add(new VisibleIf(isCluster)));
        facts.add(new CountLabel("fewest", copies.map(it -> (long) it.fewest())));
        facts.add(new CountLabel("wanted", copies.map(it -> (long) it.wanted())));
        facts.add(new CountLabel("minimum", copies.map(it -> (long) it.minimum())));
        facts.add(new CountLabel("underReplicated", copies.map(it -> (long) it.underReplicated())));
        facts.add(new CountLabel("segments", copies.map(it -> (long) it.segments())));
        return facts;
    }

    /** How far the copying is; not there while nothing is copied. */
    private Component progress() {
        IModel<Copies> copies = report.map(ClusterReport::copies);
        WebMarkupContainer progress = new WebMarkupContainer("progress");
        progress.add(new Label("toCopy", () -> toCopy(copies.getObject())));
        progress.add(new WebMarkupContainer("bar")
                .add(AttributeModifier.replace("max", copies.map(Copies::ofCopies)))
                .add(AttributeModifier.replace("value", copies.map(it -> it.ofCopies() - it.toCopy()))));
        progress.add(new VisibleIf(copies.map(it -> it.ofCopies() > 0)));
        return progress;
    }

    private String toCopy(Copies copies) {
        return new StringResourceModel("toCopy", this)
                .setParameters(
                        CountLabel.format(copies.toCopy(), getLocale()),
                        CountLabel.format(copies.ofCopies(), getLocale()))
                .getString();
    }

    private Component nodes() {
        return new ListView<>("node", report.map(ClusterReport::nodes)) {
            private static final long serialVersionUID = 1L;

            @Override
            protected void populateItem(ListItem<Node> row) {
                row.add(AttributeModifier.replace("data-part", row.getModel().map(it -> "node " + it.name())));
                row.add(AttributeModifier.replace("data-state", row.getModel().map(Node::state)));
                row.add(new NodeCells("cells", row.getModel()));
            }
        };
    }
}
