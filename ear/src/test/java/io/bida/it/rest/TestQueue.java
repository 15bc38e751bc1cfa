package io.bida.it.rest;

import java.util.ArrayList;
import java.util.List;

/** One queue of the service under test, and the calls on it. Every call gives the answer, whatever it is. */
public final class TestQueue {

    private final TestServer server;
    private final String name;

    TestQueue(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Its path, without a slash at the end. */
    public String path() {
        return "/queues/" + name;
    }

    /** The path of its messages. */
    public String messages() {
        return path() + "/messages";
    }

    /** Sends a message with this body and these further elements. */
    public Answer send(String body, String... children) {
        return post(Documents.message(body, children));
    }

    /** Sends a batch of these entries. */
    public Answer sendBatch(String... entries) {
        return post(Documents.messages(entries));
    }

    /** Posts this document, whatever it is. */
    public Answer post(String document) {
        return server.call(server.post(messages()).body(document));
    }

    /** Receives without a query. */
    public Answer receive() {
        return server.call(server.get(messages()));
    }

    /** Receives or peeks with this query, for example {@code waitseconds=1}. */
    public Answer receive(String query) {
        return server.call(server.get(messages() + "?" + query));
    }

    public Answer peek() {
        return receive("peekonly=true");
    }

    public Answer delete(String handle) {
        return server.call(server.delete(messages() + "?ReceiptHandle=" + handle));
    }

    public Answer deleteBatch(String... handles) {
        return server.call(server.delete(messages()).body(Documents.receiptHandles(handles)));
    }

    public Answer changeVisibility(String handle, Object seconds) {
        return server.call(server.put(messages() + "?ReceiptHandle=" + handle + "&VisibilityTimeout=" + seconds));
    }

    /** Changes these attributes. */
    public Answer set(String... attributes) {
        return server.call(server.put(path() + "?metaoverride=true").body(Documents.queue(attributes)));
    }

    /** The queue's attributes. */
    public XmlElement attributes() {
        return server.call(server.get(path())).assertStatus(200).xml();
    }

    /** Active, inactive and delayed messages, in this order. */
    public List<Long> counts() {
        XmlElement attributes = attributes();
        return List.of(
                attributes.number("ActiveMessages"),
                attributes.number("InactiveMessages"),
                attributes.number("DelayMessages"));
    }

    public Answer drop() {
        return server.call(server.delete(path()));
    }

    /** The bodies of all messages that can be received now, in the order in which they come. */
    public List<String> drainBodies() {
        List<String> bodies = new ArrayList<>();
        for (Answer answer = receive(); answer.status() == 200; answer = receive()) {
            bodies.add(answer.value("MessageBody"));
        }
        return bodies;
    }
}
