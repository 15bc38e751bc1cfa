package io.bida.benchmark;

import io.bida.benchmark.http.Answer;
import io.bida.benchmark.http.HttpConnection;
import io.bida.benchmark.http.Request;
import io.bida.benchmark.http.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** One queue of the load driver, made before a run and deleted after it. */
final class QueueUnderLoad {

    /**
     * How long a received message stays hidden, in seconds: longer than any run, so that a message whose delete failed
     * is not delivered again. Own choice within 1–43200.
     */
    private static final int VISIBILITY_TIMEOUT_SECONDS = 3600;

    private static final Set<Integer> CREATED = Set.of(201, 204);
    private static final Set<Integer> DELETED = Set.of(204);

    private final Target target;
    private final String path;

    QueueUnderLoad(Target target, String name) {
        this.target = target;
        this.path = "/queues/" + name;
    }

    /** The path of its messages. */
    String messagesPath() {
        return path + "/messages";
    }

    /**
     * Creates it.
     *
     * @throws IOException if the server can't be reached or refuses; the message says what it answered
     */
    void create() throws IOException {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Queue xmlns=\"http://mns.aliyuncs.com/doc/v1\">"
                + "<VisibilityTimeout>" + VISIBILITY_TIMEOUT_SECONDS + "</VisibilityTimeout></Queue>";
        manage("PUT", document, CREATED);
    }

    /**
     * Deletes it with everything in it.
     *
     * @throws IOException if the server can't be reached or refuses; the message says what it answered
     */
    void delete() throws IOException {
        manage("DELETE", "", DELETED);
    }

    private void manage(String method, String document, Set<Integer> wanted) throws IOException {
        Signing signing = target.signing();
        byte[] bytes = new Request(signing, method, path, document.getBytes(StandardCharsets.UTF_8)).bytes();
        try (HttpConnection connection = target.connect(Scenario.PRODUCE)) {
            Answer answer = connection.exchange(bytes, bytes.length);
            if (!wanted.contains(answer.status())) {
                throw new IOException(
                        method + " " + path + " was answered with " + answer.status() + ": " + answer.bodyText());
            }
        }
    }
}
