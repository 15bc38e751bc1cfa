package io.bida.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Room for those whose password is being checked, and for those who wait for a check. Who finds it full is refused at
 * once. Safe for use by any thread.
 *
 * <p>A check is slow on purpose, and anybody can make a node do one. Each who waits holds a thread that requests for
 * messages and health checks need too.
 */
@ApplicationScoped
public class CheckingRoom {

    /**
     * How many fit: 6, our choice. Two are checked at once, so the last waits for two others; and a node has 16 request
     * threads for each core, so even with one core most are left to others.
     */
    public static final int PLACES = 6;

    private final Semaphore free = new Semaphore(PLACES);

    /**
     * Does this in the room.
     *
     * @throws TooManyTriesException if it is full; nothing was done then (ServiceUnavailable)
     */
    public <T> T inside(Supplier<T> work) {
        if (!free.tryAcquire()) {
            throw new TooManyTriesException();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
