package io.bida.queue;

/**
 * What a queue is found by: its owner and its name. All queues of one account are neighbours, in name order.
 *
 * @param account the owner's number
 * @param name a queue's name, or any text that a listing begins with
 */
record QueueKey(String account, String name) implements Comparable<QueueKey> {

    @Override
    public int compareTo(QueueKey other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : name.compareTo(other.name);
    }
}
