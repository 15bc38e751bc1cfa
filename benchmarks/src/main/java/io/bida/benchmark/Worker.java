package io.bida.benchmark;

import io.bida.benchmark.http.Answer;
import io.bida.benchmark.http.DeleteRequest;
import io.bida.benchmark.http.HttpConnection;
import io.bida.benchmark.http.Request;
import io.bida.benchmark.http.Signing;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection of a run: repeats its scenario, one request at a time, until the phase is over. */
final class Worker implements Runnable {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    /** Documents sent in turn by one connection. Own choice: enough that a bundle does not hold equal bodies only. */
    private static final int DOCUMENTS = 4;

    private final LoadCase loadCase;
    private final boolean sends;
    private final Phase phase;
    private final HttpConnection connection;
    private final List<byte[]> ceilingRequests;
    private final List<Request> sendRequests;
    private final Request receiveRequest;
    private final DeleteRequest deleteRequest;
    private final Figures figures = new Figures();
    private int turn;

    /**
     * A worker for one queue.
     *
     * @param index its number within the run, from 0
     */
    Worker(Target all, LoadCase loadCase, String messagesPath, MessageDocuments documents, Phase phase, int index) {
        Target target = all.of(index);
        this.loadCase = loadCase;
        this.sends = index % 2 == 0;
        this.phase = phase;
        connection = target.connect(loadCase.scenario());
        Signing signing = target.signing();
        List<byte[]> bodies = Stream.generate(() -> documents.send(loadCase.batch()))
                .limit(DOCUMENTS)
                .toList();
        ceilingRequests = bodies.stream()
                .map(body -> Request.unsigned(target.ceiling(), body))
                .toList();
        sendRequests = bodies.stream()
                .map(body -> new Request(signing, "POST", messagesPath, body))
                .toList();
        String howMany = loadCase.batch() == 1 ? "" : "?numOfMessages=" + loadCase.batch();
        receiveRequest = new Request(signing, "GET", messagesPath + howMany, new byte[0]);
        deleteRequest = new DeleteRequest(signing, messagesPath);
    }

    @Override
    public void run() {
        try (connection) {
            while (!phase.isOver()) {
                repeat();
            }
        } catch (IOException e) {
            figures.failed(Operation.SEND, "on closing: " + e.getMessage());
        }
        figures.reconnected(Math.max(0, connection.opened() - 1));
    }

    /** What it counted; to be read when its thread has ended. */
    Figures figures() {
        return figures;
    }

    private void repeat() {
        switch (loadCase.scenario()) {
            case CEILING -> postToCeiling();
            case PRODUCE -> send();
            case CONSUME -> receiveAndDelete();
            case MIXED -> {
                if (sends) {
                    send();
                } else {
                    receiveAndDelete();
                }
            }
            case LIFE -> {
                send();
                receiveAndDelete();
            }
        }
    }

    private void postToCeiling() {
        byte[] bytes = ceilingRequests.get(nextTurn());
        exchange(Operation.CEILING, bytes, bytes.length, CREATED, 1);
    }

    private void send() {
        byte[] bytes = sendRequests.get(nextTurn()).bytes();
        Answer sent = exchange(Operation.SEND, bytes, bytes.length, CREATED, loadCase.batch());
        if (sent != null && phase.measuring()) {
            figures.bundlesBegun(BundleCount.of(sent));
        }
    }

    private void receiveAndDelete() {
        byte[] bytes = receiveRequest.bytes();
        Answer received = exchange(Operation.RECEIVE, bytes, bytes.length, OK, 0);
        if (received == null) {
            return;
        }
        int count = deleteRequest.prepare(received);
        exchange(Operation.DELETE, deleteRequest.bytes(), deleteRequest.length(), NO_CONTENT, count);
    }

    /** The answer if it has the wanted status; anything else is counted, and the next request is another try. */
    private @Nullable Answer exchange(Operation operation, byte[] bytes, int length, int wanted, int messages) {
        long from = System.nanoTime();
        try {
            Answer answer = connection.exchange(bytes, length);
            if (answer.status() == wanted) {
                if (phase.measuring()) {
                    figures.succeeded(operation, messages, System.nanoTime() - from);
                }
                return answer;
            }
            refused(operation, answer);
        } catch (IOException e) {
            count(operation, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return null;
    }

    private void refused(Operation operation, Answer answer) {
        String code = answer.elementText("Code")
                .or(() -> answer.elementText("ErrorCode"))
                .orElse("without a code");
        boolean nothingThere = operation == Operation.RECEIVE && answer.status() == NOT_FOUND;
        if (!nothingThere || !"MessageNotExist".equals(code)) {
            count(operation, answer.status() + " " + code);
        } else if (loadCase.scenario() == Scenario.CONSUME) {
            phase.end();
        } else if (phase.measuring()) {
            figures.foundNothing();
        }
    }

    private void count(Operation operation, String error) {
        if (phase.measuring()) {
            figures.failed(operation, error);
        }
    }

    private int nextTurn() {
        turn = (turn + 1) % DOCUMENTS;
        return turn;
    }
}
