package io.bida.notify;

import io.bida.account.AccountId;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many deliveries this node has under way, in all and for each account, so that neither many subscriptions nor
 * those of one account with endpoints that hang take all memory and connections.
 *
 * <p>Who finds no place waits for one; accounts that wait take turns. A dispatcher receives nothing while its account
 * is crowded, so that nothing waits here as long as a received message is hidden: 256 that wait for 64 places of 5 s
 * each wait 20 s. All numbers are our choice. Safe for use by any thread.
 */
final class DeliveryPlaces {

    /** Most deliveries under way: with bodies of 64 KB in XML about 100 MB at the very worst. */
    static final int MOST = 256;

    /** Most of one account. */
    static final int MOST_OF_ACCOUNT = 64;

    /** From how many that wait on an account is crowded. */
    static final int CROWD_OF_ACCOUNT = 256;

    /** From how many that wait on every account is. */
    static final int CROWD = 1024;

    // All below: guarded by this.
    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
    private int underWay;
    private int waiting;

    private static final class Account {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private int underWay;
    }

    /** Whether nothing more should be received for this account at this moment. */
    synchronized boolean isCrowded(AccountId id) {
        Account account = accounts.get(id);
        return waiting >= CROWD || (account != null && account.waiting.size() >= CROWD_OF_ACCOUNT);
    }

    /**
     * Runs the delivery, now on this thread or when there is a place; it {@linkplain #free frees} its place at its end.
     */
    void take(AccountId id, Runnable delivery) {
        synchronized (this) {
            Account account = accounts.computeIfAbsent(id, none -> new Account());
            if (underWay >= MOST || account.underWay >= MOST_OF_ACCOUNT) {
                account.waiting.add(delivery);
                waiting++;
                return;
            }
            begin(account);
        }
        delivery.run();
    }

    /** Gives back the place of a delivery that has ended, and runs the next that waits for one. */
    void free(AccountId id) {
        Optional<Runnable> next;
        synchronized (this) {
            Account account = accounts.get(id);
            if (account == null || account.underWay == 0) {
                throw new IllegalStateException("account " + id + " has no delivery under way");
            }
            account.underWay--;
            underWay--;
            next = next();
            if (account.underWay == 0 && account.waiting.isEmpty()) {
                accounts.remove(id);
            }
        }
        next.ifPresent(Runnable::run);
    }

    private Optional<Runnable> next() {
        for (Map.Entry<AccountId, Account> each : accounts.entrySet()) {
            Account account = each.getValue();
            Runnable delivery = account.underWay < MOST_OF_ACCOUNT ? account.waiting.poll() : null;
            if (delivery != null) {
                waiting--;
                begin(account);
                // To the end of the line, after all other accounts.
                AccountId id = each.getKey();
                accounts.remove(id);
                accounts.put(id, account);
                return Optional.of(delivery);
            }
        }
        return Optional.empty();
    }

    private void begin(Account account) {
        account.underWay++;
        underWay++;
    }
}
