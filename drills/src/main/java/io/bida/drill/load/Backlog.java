package io.bida.drill.load;

import java.util.concurrent.atomic.AtomicInteger;

/** How many messages may wait in the queues, so that what is left can be drained in time. */
final class Backlog {

    private final AtomicInteger room;

    Backlog(int most) {
        this.room = new AtomicInteger(most);
    }

    boolean take(int messages) {
        if (room.addAndGet(-messages) >= 0) {
            return true;
        }
        room.addAndGet(messages);
        return false;
    }

    void giveBack(int messages) {
        room.addAndGet(messages);
    }
}
