package io.bida.benchmark.jmh;

import io.bida.message.lifecycle.DeliveryOrder;
import io.bida.message.lifecycle.Position;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The delivery order of one partition: what a message costs in it, over a queue of none, many and very many others.
 *
 * <p>An operation is one call of the order; a life is three of them. Wanted: 2 million a second or more, and the same
 * at every length of the queue.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeliveryOrderBenchmark {

    private static final int PRIORITIES = 16;

    /** A power of two, so that the next priority is found with a mask. */
    private static final int PREPARED_PRIORITIES = 1 << 12;

    private static final long VISIBILITY_TIMEOUT_MILLIS = 30_000;

    /** Messages that wait while it runs. */
    @Param({"0", "100000", "1000000"})
    public int waiting;

    private final int[] priorities = new int[PREPARED_PRIORITIES];
    private DeliveryOrder order = new DeliveryOrder();
    private int messages;
    private long nowMillis;

    /** Fills the order with messages of every priority, as full bundles would. */
    @Setup(Level.Iteration)
    public void fill() {
        Random random = new Random(1);
        for (int i = 0; i < PREPARED_PRIORITIES; i++) {
            priorities[i] = 1 + random.nextInt(PRIORITIES);
        }
        order = new DeliveryOrder();
        messages = 0;
        nowMillis = 1_795_406_200_000L;
        for (int i = 0; i < waiting; i++) {
            add();
        }
    }

    /** A message's life: it is added, the best one is taken and then removed as deleted. */
    @Benchmark
    @OperationsPerInvocation(3)
    public long life() {
        add();
        long taken = order.takeBest(nowMillis + VISIBILITY_TIMEOUT_MILLIS);
        order.removeHidden(taken);
        return taken;
    }

    /** A receiver that gives up: the best one is taken, made due at once, and goes back to its place. */
    @Benchmark
    @OperationsPerInvocation(3)
    public long takeAndReturn() {
        if (order.active() == 0) {
            add();
        }
        long taken = order.takeBest(nowMillis + VISIBILITY_TIMEOUT_MILLIS);
        order.hideUntil(taken, nowMillis);
        order.advance(nowMillis);
        return taken;
    }

    /** A receiver that never deletes: each millisecond the best one is taken, and the one of 30 s ago becomes due. */
    @Benchmark
    @OperationsPerInvocation(2)
    public long takeWhileOthersReturn() {
        if (order.active() == 0) {
            add();
        }
        nowMillis++;
        long taken = order.takeBest(nowMillis + VISIBILITY_TIMEOUT_MILLIS);
        order.advance(nowMillis);
        return taken;
    }

    private void add() {
        int priority = priorities[messages & (PREPARED_PRIORITIES - 1)];
        order.addReady(Position.of(messages / Position.SLOTS, messages % Position.SLOTS), priority);
        messages++;
    }
}
