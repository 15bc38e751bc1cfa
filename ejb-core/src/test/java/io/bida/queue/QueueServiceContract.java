package io.bida.queue;

import static io.bida.queue.AnAttributesChange.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.account.AccountNotExistException;
import io.bida.account.RandomText;
import io.bida.error.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for queues on every database. */
interface QueueServiceContract {

    /** A node with an account of its own, which may have 20 queues. */
    QueueNode node();

    @Test
    default void createdQueueHasTheDefaultsForWhatWasNotNamed() {
        boolean created = node().service()
                .createQueue(account(), name("q"), naming().delay(3).build());

        Queue queue = node().queues().getQueue(account(), name("q"));
        assertThat(created).isTrue();
        assertThat(queue.attributes().delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(queue.attributes().retentionPeriod()).isEqualTo(Duration.ofDays(4));
        assertThat(queue.partitions()).isEqualTo(1);
        assertThat(queue.createdAt()).isEqualTo(node().clock().instant());
        assertThat(queue.lastModifiedAt()).isEqualTo(queue.createdAt());
    }

    @Test
    default void creatingAnEqualQueueAgainFindsIt() {
        node().service().createQueue(account(), name("q"), naming().delay(3).build());

        boolean created = node().service()
                .createQueue(
                        account(),
                        name("q"),
                        naming().delay(3).visibility(30).logging(false).build());

        assertThat(created).isFalse();
    }

    @Test
    default void creatingADifferentQueueOfTheSameNameIsRefused() {
        node().service().createQueue(account(), name("q"), QueueAttributesChange.NONE);

        assertThatThrownBy(() -> node().service()
                        .createQueue(account(), name("q"), naming().delay(1).build()))
                .isInstanceOf(QueueAlreadyExistException.class);
        assertThatThrownBy(() -> node().service()
                        .createQueue(
                                account(), name("q"), naming().logging(true).build()))
                .isInstanceOf(QueueAlreadyExistException.class);
    }

    @Test
    default void wrongAttributeCreatesNothing() {
        assertThatThrownBy(() -> node().service()
                        .createQueue(account(), name("q"), naming().delay(-1).build()))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(node().queues().findQueue(account(), name("q"))).isEmpty();
    }

    @Test
    default void accountsDoNotSeeEachOthersQueues() {
        AccountId other = node().openAccount();
        node().service().createQueue(account(), name("q"), QueueAttributesChange.NONE);

        assertThat(node().queues().findQueue(other, name("q"))).isEmpty();
        assertThat(node().service()
                        .listQueues(other, "", Optional.empty(), 1000)
                        .entries())
                .isEmpty();
        assertThat(node().service().createQueue(other, name("q"), QueueAttributesChange.NONE))
                .isTrue();
    }

    @Test
    default void queueOfAnUnknownAccountIsRefused() {
        assertThatThrownBy(() ->
                        node().service().createQueue(RandomText.accountId(), name("q"), QueueAttributesChange.NONE))
                .isInstanceOf(AccountNotExistException.class);
    }

    @Test
    default void ofManyCreatorsOfOneNameExactlyOneCreates() throws Exception {
        Callable<Boolean> creator =
                () -> node().service().createQueue(account(), name("contested"), QueueAttributesChange.NONE);

        List<Boolean> created = atTheSameMoment(Collections.nCopies(16, creator));

        assertThat(created).containsOnlyOnce(true);
        assertThat(node().service()
                        .listQueues(account(), "", Optional.empty(), 1000)
                        .entries())
                .hasSize(1);
    }

    @Test
    default void creatorsWithDifferentAttributesNeverBothSucceed() throws Exception {
        List<Callable<String>> creators = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int delay = i % 2;
            creators.add(() -> {
                try {
                    boolean created = node().service()
                            .createQueue(
                                    account(),
                                    name("contested"),
                                    naming().delay(delay).build());
                    return (created ? "created " : "found ") + delay;
                } catch (QueueAlreadyExistException e) {
                    return "refused " + delay;
                }
            });
        }

        List<String> outcomes = atTheSameMoment(creators);

        long winner = node().queues()
                .getQueue(account(), name("contested"))
                .attributes()
                .delay()
                .toSeconds();
        assertThat(outcomes).containsOnlyOnce("created " + winner);
        assertThat(Collections.frequency(outcomes, "found " + winner)).isEqualTo(5);
        assertThat(Collections.frequency(outcomes, "refused " + (1 - winner))).isEqualTo(6);
    }

    @Test
    default void accountHasAsManyQueuesAsItMayAndNotOneMore() throws Exception {
        List<Callable<Boolean>> creators = IntStream.range(0, 30)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        return node().service().createQueue(account(), name("q" + i), QueueAttributesChange.NONE);
                    } catch (QueueNumExceededLimitException e) {
                        return false;
                    }
                })
                .toList();

        List<Boolean> created = atTheSameMoment(creators);

        assertThat(Collections.frequency(created, true)).isEqualTo(20);
        String one = node().service()
                .listQueues(account(), "", Optional.empty(), 1)
                .entries()
                .get(0)
                .name()
                .value();
        node().service().deleteQueue(account(), name(one));
        assertThat(node().service().createQueue(account(), name("late"), QueueAttributesChange.NONE))
                .isTrue();
    }

    @Test
    default void setChangesOnlyWhatItNamesAndWhenItWasChanged() {
        node().service().createQueue(account(), name("q"), naming().delay(3).build());
        Instant createdAt = node().clock().instant();
        node().clock().moveBy(Duration.ofSeconds(5));

        node().service()
                .setQueueAttributes(account(), name("q"), naming().visibility(9).build());

        Queue queue = node().queues().getQueue(account(), name("q"));
        assertThat(queue.attributes().delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(queue.attributes().visibilityTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(queue.createdAt()).isEqualTo(createdAt);
        assertThat(queue.lastModifiedAt()).isEqualTo(createdAt.plusSeconds(5));
    }

    @Test
    default void setOnAMissingQueueIsRefusedButAWrongValueFirst() {
        assertThatThrownBy(() ->
                        node().service().setQueueAttributes(account(), name("missing"), QueueAttributesChange.NONE))
                .isInstanceOf(QueueNotExistException.class);
        assertThatThrownBy(() -> node().service()
                        .setQueueAttributes(
                                account(), name("missing"), naming().delay(-1).build()))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    default void noSetAtTheSameMomentIsLost() throws Exception {
        node().service().createQueue(account(), name("q"), QueueAttributesChange.NONE);
        List<Callable<Boolean>> setters = new ArrayList<>();
        for (int round = 1; round <= 5; round++) {
            int value = round;
            setters.add(() -> set(naming().delay(100).build()));
            setters.add(() -> set(naming().visibility(200).build()));
            setters.add(() -> set(naming().pollingWait(10).build()));
            setters.add(() -> set(naming().size(2000 + value).build()));
        }

        atTheSameMoment(setters);

        QueueAttributes attributes =
                node().queues().getQueue(account(), name("q")).attributes();
        assertThat(attributes.delay()).isEqualTo(Duration.ofSeconds(100));
        assertThat(attributes.visibilityTimeout()).isEqualTo(Duration.ofSeconds(200));
        assertThat(attributes.pollingWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(node().restarted().getQueue(account(), name("q")).attributes())
                .isEqualTo(attributes);
    }

    @Test
    default void memoryAndDatabaseAgreeAfterCreatingSettingAndDeletingAtTheSameMoment() throws Exception {
        List<Callable<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            QueueName name = name("q" + i % 3);
            int kind = i / 3 % 4;
            users.add(() -> switch (kind) {
                case 0, 1 -> create(name);
                case 2 -> delete(name);
                default -> setIfThere(name);
            });
        }

        atTheSameMoment(users);

        assertThat(node().queues().allQueues())
                .containsExactlyElementsOf(node().restarted().allQueues());
    }

    @Test
    default void deletedQueueIsGoneAndItsEventTold() {
        node().service().createQueue(account(), name("q"), QueueAttributesChange.NONE);
        Queue queue = node().queues().getQueue(account(), name("q"));

        node().service().deleteQueue(account(), name("q"));

        assertThat(node().queues().findQueue(account(), name("q"))).isEmpty();
        assertThat(node().deleted()).containsExactly(new QueueDeleted(queue));
        assertThat(node().restarted().findQueue(account(), name("q"))).isEmpty();
    }

    @Test
    default void deletingAMissingQueueDoesNothing() {
        node().service().deleteQueue(account(), name("missing"));

        assertThat(node().deleted()).isEmpty();
    }

    @Test
    default void queueCreatedAgainIsAnotherOne() {
        node().service().createQueue(account(), name("q"), QueueAttributesChange.NONE);
        long before = node().queues().getQueue(account(), name("q")).id();
        node().service().deleteQueue(account(), name("q"));

        node().service().createQueue(account(), name("q"), naming().delay(5).build());

        assertThat(node().queues().getQueue(account(), name("q")).id()).isGreaterThan(before);
    }

    @Test
    default void restartedNodeKnowsTheSameQueues() {
        node().service().createQueue(account(), name("a"), naming().delay(5).build());
        node().service().createQueue(account(), name("b"), QueueAttributesChange.NONE);

        assertThat(node().restarted().allQueues())
                .containsExactlyElementsOf(node().queues().allQueues());
    }

    @Test
    default void recheckBringsInWhatAnotherNodeDid() {
        QueueCatalogue other = node().restarted();
        node().service().createQueue(account(), name("created"), QueueAttributesChange.NONE);

        int changed = other.readAgain();

        assertThat(changed).isEqualTo(1);
        assertThat(other.findQueue(account(), name("created"))).isPresent();
        assertThat(other.readAgain()).isZero();
    }

    @Test
    default void recheckDropsAndChangesWhatAnotherNodeDid() {
        node().service().createQueue(account(), name("deleted"), QueueAttributesChange.NONE);
        node().service().createQueue(account(), name("changed"), QueueAttributesChange.NONE);
        QueueCatalogue other = node().restarted();
        node().service().deleteQueue(account(), name("deleted"));
        node().service()
                .setQueueAttributes(
                        account(), name("changed"), naming().delay(5).build());

        other.readAgain();

        assertThat(other.allQueues()).containsExactlyElementsOf(node().queues().allQueues());
        assertThat(node().deletedElsewhere())
                .extracting(event -> event.queue().name())
                .containsExactly(name("deleted"));
    }

    private AccountId account() {
        return node().account();
    }

    private boolean set(QueueAttributesChange change) {
        node().service().setQueueAttributes(account(), name("q"), change);
        return true;
    }

    private boolean create(QueueName name) {
        return node().service().createQueue(account(), name, QueueAttributesChange.NONE);
    }

    private boolean delete(QueueName name) {
        node().service().deleteQueue(account(), name);
        return true;
    }

    @Test
    default void onlyAQueueThatTheDatabaseCertainlyDeletedIsSaidToBeDeleted() {
        node().service().createQueue(account(), name("deleted"), QueueAttributesChange.NONE);
        node().service().createQueue(account(), name("stays"), QueueAttributesChange.NONE);
        long deleted = node().queues().getQueue(account(), name("deleted")).id();
        long stays = node().queues().getQueue(account(), name("stays")).id();
        node().service().deleteQueue(account(), name("deleted"));
        long ofAnotherDatabase = Long.MAX_VALUE;

        assertThat(node().queues().deletedOf(Set.of(deleted, stays, ofAnotherDatabase)))
                .containsExactly(deleted);
    }

    // Sets what is already so: the row's version grows, and a creator still finds an equal queue.
    private boolean setIfThere(QueueName name) {
        try {
            node().clock().moveBy(Duration.ofMillis(1));
            node().service().setQueueAttributes(account(), name, QueueAttributesChange.NONE);
            return true;
        } catch (QueueNotExistException e) {
            return false;
        }
    }

    private static QueueName name(String value) {
        return new QueueName(value);
    }

    private static <T> List<T> atTheSameMoment(List<Callable<T>> calls) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : callers.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            callers.shutdown();
        }
    }
}
