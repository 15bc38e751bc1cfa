package io.bida.console.component;

import org.apache.wicket.Component;
import org.apache.wicket.behavior.Behavior;
import org.apache.wicket.model.IModel;

/** Shows its component only while a condition holds; asked anew for every rendering. */
public final class VisibleIf extends Behavior {

    private static final long serialVersionUID = 1L;

    private final IModel<Boolean> condition;

    /** Visible while the model says true. */
    public VisibleIf(IModel<Boolean> condition) {
        this.condition = condition;
    }

    @Override
    public void onConfigure(Component component) {
        component.setVisible(Boolean.TRUE.equals(condition.getObject()));
    }

    @Override
    public void detach(Component component) {
        condition.detach();
    }
}
