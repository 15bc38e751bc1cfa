package io.bida.message.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Runs what is posted one after the other, on the thread of whoever finds it idle; nobody waits.
 *
 * <p>What is posted while a run is going on is done by the thread that is already in; after each run of letters
 * {@code settle} is called once, so that letters that came together have one effect together. Answers to callers are
 * given after the mailbox is free again, because what a caller does with its answer may take long.
 */
final class Mailbox {

    private static final Logger LOG = Logger.getLogger(Mailbox.class);

    /** Letters of one run, and runs before another thread goes on: bounds how long one caller works for others. */
    private static final int LETTERS_PER_RUN = 128;

    private static final int RUNS_PER_THREAD = 8;

    private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unread = new AtomicInteger();
    private final Runnable settle;
    private final Executor executor;
    private List<Runnable> answers = new ArrayList<>();

    Mailbox(Runnable settle, Executor executor) {
        this.settle = settle;
        this.executor = executor;
    }

    /** Runs the letter, now on this thread or soon on another. */
    void post(Runnable letter) {
        letters.add(letter);
        if (unread.getAndIncrement() == 0) {
            work();
        }
    }

    /** From within a letter or settle: what to tell a caller once the mailbox is free. */
    void answer(Runnable answer) {
        answers.add(answer);
    }

    private void work() {
        for (int run = 0; run < RUNS_PER_THREAD; run++) {
            // Never more than are counted: a letter is counted a moment after it is there, and if it were read in
            // between, the count would be 0 for a moment, and somebody else would come in.
            int read = 0;
            while (read < unread.get() && read < LETTERS_PER_RUN) {
                run(letters.remove());
                read++;
            }
            run(settle);
            List<Runnable> due = answers;
            if (!due.isEmpty()) {
                answers = new ArrayList<>();
            }
            boolean idle = unread.addAndGet(-read) == 0;
            give(due, idle);
            if (idle) {
                return;
            }
        }
        executor.execute(this::work);
    }

    /** Gives answers in parallel, keeping one for this thread if it has nothing better to do. */
    private void give(List<Runnable> due, boolean idle) {
        int own = idle && !due.isEmpty() ? 1 : 0;
        for (int i = own; i < due.size(); i++) {
            Runnable answer = due.get(i);
            executor.execute(() -> run(answer));
        }
        if (own == 1) {
            run(due.get(0));
        }
    }

    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A step of a queue failed; its caller gets no answer from it", e);
        }
    }
}
