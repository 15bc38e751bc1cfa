package io.bida.console.component;

import io.bida.console.ConsoleApplication;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.apache.wicket.markup.html.panel.Panel;

/** A part of a page that calls services of its own: its {@code @Inject} fields are transient and filled again. */
public abstract class ConsolePanel extends Panel {

    private static final long serialVersionUID = 1L;

    /** A panel in place of the element with this id. */
    protected ConsolePanel(String id) {
        super(id);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        ConsoleApplication.get().inject(this);
    }
}
