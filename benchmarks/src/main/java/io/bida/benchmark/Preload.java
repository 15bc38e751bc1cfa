package io.bida.benchmark;

import io.bida.benchmark.http.Answer;
import io.bida.benchmark.http.HttpConnection;
import io.bida.benchmark.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts a backlog into a queue: batches of 16 over a few connections, until every message is acknowledged. */
final class Preload {

    /** Own choice: enough to keep two cores busy. */
    private static final int CONNECTIONS = 8;

    private static final int CREATED = 201;

    private final Target target;
    private final int bodyBytes;

    Preload(Target target, int bodyBytes) {
        this.target = target;
        this.bodyBytes = bodyBytes;
    }

    /**
     * Sends this many messages, rounded up to whole batches.
     *
     * @throws IOException if one batch was not acknowledged
     */
    void fill(QueueUnderLoad queue, int messages) throws IOException, InterruptedException {
        AtomicInteger batchesLeft = new AtomicInteger((messages + LoadCase.LARGEST_BATCH - 1) / LoadCase.LARGEST_BATCH);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                done.add(threads.submit(() -> send(queue, batchesLeft, seed)));
            }
            for (Future<Integer> sender : done) {
                sender.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the backlog could not be sent: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private int send(QueueUnderLoad queue, AtomicInteger batchesLeft, int seed) throws IOException {
        byte[] document = new MessageDocuments(bodyBytes, seed).send(LoadCase.LARGEST_BATCH);
        Request request = new Request(target.signing(), "POST", queue.messagesPath(), document);
        int sent = 0;
        try (HttpConnection connection = target.connect(Scenario.PRODUCE)) {
            while (batchesLeft.getAndDecrement() > 0) {
                byte[] bytes = request.bytes();
                Answer answer = connection.exchange(bytes, bytes.length);
                if (answer.status() != CREATED) {
                    throw new IOException(answer.status() + ": " + answer.bodyText());
                }
                sent++;
            }
        }
        return sent;
    }
}
