package io.bida.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells all workers of a run what they do at the moment: warm up, count, or stop. */
final class Phase {

    private enum Step {
        WARMING,
        MEASURING,
        OVER
    }

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Step step = Step.WARMING;

    /** True while what is done counts. */
    boolean measuring() {
        return step == Step.MEASURING;
    }

    /** True when everybody should stop. */
    boolean isOver() {
        return step == Step.OVER;
    }

    /** From now on it counts, unless it is over already. */
    synchronized void measure() {
        if (step == Step.WARMING) {
            step = Step.MEASURING;
        }
    }

    /** Ends the run, also before its time: there is nothing left to receive. */
    synchronized void end() {
        step = Step.OVER;
        over.countDown();
    }

    /** Waits for this long or until it is over. */
    void await(double seconds) throws InterruptedException {
        // Whichever comes first; a caller that cares asks isOver().
        boolean ended = over.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        assert !ended || isOver();
    }
}
