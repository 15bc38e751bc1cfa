package io.bida.console.component;

import org.apache.wicket.AttributeModifier;
import org.apache.wicket.feedback.FeedbackMessage;
import org.apache.wicket.markup.html.panel.FeedbackPanel;

/** What a page has to say about the last action: done, or why not. Read aloud by a screen reader when it appears. */
public final class Notices extends FeedbackPanel {

    private static final long serialVersionUID = 1L;

    /** Notices about everything on the page. */
    public Notices(String id) {
        super(id);
    }

    @Override
    protected void onInitialize() {
        super.onInitialize();
        add(AttributeModifier.append("class", "notices"));
        add(AttributeModifier.replace("role", () -> anyErrorMessage() ? "alert" : "status"));
    }

    @Override
    protected String getCSSClass(FeedbackMessage message) {
        if (message.isError()) {
            return "alert alert-danger";
        }
        return message.isSuccess() ? "alert alert-success" : "alert alert-info";
    }
}
