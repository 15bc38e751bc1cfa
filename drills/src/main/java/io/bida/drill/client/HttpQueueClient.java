package io.bida.drill.client;

import io.bida.drill.client.MnsConnection.Response;
import io.bida.drill.history.Outcome;
import io.bida.drill.time.DrillTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** A client of one node over HTTP. */
public final class HttpQueueClient implements QueueClient {

    private final String node;
    private final MnsConnection connection;
    private final DrillTime time;
    private final Duration patience;

    /**
     * A client that is not connected yet.
     *
     * @param patience how long it waits for an answer, beyond the wait of a poll, before it calls it unknown
     */
    public HttpQueueClient(String node, URI endpoint, AccessKey key, DrillTime time, Duration patience) {
        this.node = node;
        this.connection = new MnsConnection(endpoint, key);
        this.time = time;
        this.patience = patience;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Call createQueue(String queue, Duration visibilityTimeout) {
        return call(
                        "PUT",
                        "/queues/" + queue,
                        Xml.document("Queue", Xml.element("VisibilityTimeout", visibilityTimeout.toSeconds())),
                        patience)
                .call();
    }

    @Override
    public Sent send(String queue, Message message) {
        return sent(call("POST", messages(queue), Xml.document("Message", content(message)), patience), 1);
    }

    @Override
    public Sent sendBatch(String queue, List<Message> messages) {
        String entries = messages.stream()
                .map(m -> "<Message>" + content(m) + "</Message>")
                .collect(Collectors.joining());
        return sent(call("POST", messages(queue), Xml.document("Messages", entries), patience), messages.size());
    }

    @Override
    public Received receive(String queue, int upTo, Duration wait) {
        String batch = upTo == 1 ? "" : "numOfMessages=" + upTo + "&";
        Answer answer =
                call("GET", messages(queue) + "?" + batch + "waitseconds=" + wait.toSeconds(), "", patience.plus(wait));
        if (answer.call().status() != 200) {
            boolean empty = answer.response()
                    .map(r -> r.status() == 404 && r.text().contains("MessageNotExist"))
                    .orElse(false);
            return new Received(answer.call(), empty, List.of());
        }
        Element root = Xml.parse(answer.response().orElseThrow().text());
        List<Received.Item> items = new ArrayList<>();
        for (Element m : Xml.name(root).equals("Messages") ? Xml.children(root, "Message") : List.of(root)) {
            items.add(new Received.Item(
                    Xml.value(m, "MessageId"),
                    Xml.value(m, "ReceiptHandle"),
                    Xml.value(m, "MessageBody"),
                    Xml.value(m, "MessageBodyMD5"),
                    Integer.parseInt(Xml.value(m, "DequeueCount")),
                    Integer.parseInt(Xml.value(m, "Priority"))));
        }
        return new Received(answer.call(), false, items);
    }

    @Override
    public Call delete(String queue, String handle) {
        return call("DELETE", messages(queue) + "?ReceiptHandle=" + handle, "", patience)
                .call();
    }

    @Override
    public Deleted deleteBatch(String queue, List<String> handles) {
        String list = handles.stream().map(h -> Xml.element("ReceiptHandle", h)).collect(Collectors.joining());
        Answer answer = call("DELETE", messages(queue), Xml.document("ReceiptHandles", list), patience);
        Map<String, Outcome> failed = new HashMap<>();
        if (answer.call().status() == 404) {
            Element root = Xml.parse(answer.response().orElseThrow().text());
            Xml.children(root, "Error")
                    .forEach(e -> failed.put(Xml.value(e, "ReceiptHandle"), ofErrorCode(Xml.value(e, "ErrorCode"))));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (String handle : handles) {
            Outcome judged = failed.getOrDefault(handle, Outcome.OK);
            outcomes.add(failed.isEmpty() ? answer.call().outcome() : judged);
        }
        return new Deleted(answer.call(), outcomes);
    }

    /** Of an entry of a batch, which has no status of its own: these two say that nobody knows. */
    private static Outcome ofErrorCode(String code) {
        return code.equals("ServiceUnavailable") || code.equals("InternalError") ? Outcome.INFO : Outcome.FAIL;
    }

    @Override
    public Changed changeVisibility(String queue, String handle, Duration timeout) {
        Answer answer = call(
                "PUT",
                messages(queue) + "?ReceiptHandle=" + handle + "&VisibilityTimeout=" + timeout.toSeconds(),
                "",
                patience);
        String changed = answer.call().status() == 200
                ? Xml.value(Xml.parse(answer.response().orElseThrow().text()), "ReceiptHandle")
                : "";
        return new Changed(answer.call(), changed);
    }

    @Override
    public Optional<Counts> counts(String queue) {
        Answer answer = call("GET", "/queues/" + queue, "", patience);
        if (answer.call().status() != 200) {
            return Optional.empty();
        }
        Element root = Xml.parse(answer.response().orElseThrow().text());
        return Optional.of(new Counts(
                Long.parseLong(Xml.value(root, "ActiveMessages")),
                Long.parseLong(Xml.value(root, "InactiveMessages")),
                Long.parseLong(Xml.value(root, "DelayMessages"))));
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A call and the answer to it; empty if there was none. */
    private record Answer(Call call, Optional<Response> response) {}

    private Answer call(String method, String target, String body, Duration readTimeout) {
        long begin = time.now();
        try {
            connection.connect();
        } catch (ConnectException | SocketTimeoutException e) {
            return unanswered(Outcome.FAIL, begin);
        } catch (IOException e) {
            return unanswered(Outcome.INFO, begin);
        }
        try {
            Response response = connection.call(method, target, body, readTimeout);
            Call call = new Call(Outcome.ofStatus(response.status()), response.status(), begin, time.now());
            return new Answer(call, Optional.of(response));
        } catch (IOException e) {
            // The node may have died before, during or after the effect: nobody knows.
            return unanswered(Outcome.INFO, begin);
        }
    }

    private Answer unanswered(Outcome outcome, long begin) {
        return new Answer(new Call(outcome, 0, begin, time.now()), Optional.empty());
    }

    private static Sent sent(Answer answer, int size) {
        List<Element> entries = answer.response()
                .filter(r -> r.text().contains("<Message"))
                .map(r -> Xml.parse(r.text()))
                .map(root -> Xml.name(root).equals("Messages") ? Xml.children(root, "Message") : List.of(root))
                .orElse(List.of());
        if (entries.size() != size) {
            if (answer.call().outcome() == Outcome.OK) {
                throw new AssertionError("A send of " + size + " answered with " + entries.size() + " entries");
            }
            return new Sent(
                    answer.call(),
                    Collections.nCopies(size, new Sent.Entry(answer.call().outcome(), "")));
        }
        return new Sent(
                answer.call(), entries.stream().map(HttpQueueClient::entry).toList());
    }

    /** An entry with an id was stored; one with an error of its own was not, unless the service does not know. */
    private static Sent.Entry entry(Element entry) {
        Optional<String> id = Xml.find(entry, "MessageId");
        String error = Xml.find(entry, "ErrorCode").orElse("InternalError");
        boolean unknown = error.equals("InternalError") || error.equals("ServiceUnavailable");
        return id.map(i -> new Sent.Entry(Outcome.OK, i))
                .orElse(new Sent.Entry(unknown ? Outcome.INFO : Outcome.FAIL, ""));
    }

    private static String messages(String queue) {
        return "/queues/" + queue + "/messages";
    }

    private static String content(Message message) {
        return Xml.element("MessageBody", message.body())
                + Xml.element("Priority", message.priority())
                + Xml.element("DelaySeconds", message.delay().toSeconds());
    }
}
