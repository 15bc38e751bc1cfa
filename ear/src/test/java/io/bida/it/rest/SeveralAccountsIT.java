package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.inside.SecondAccount;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts do not see each other, and each has its own quota. Wire specification 1.1, 2.6, 6.1, 11.1. */
@ArquillianTest
class SeveralAccountsIT {

    /** Queues of one account (wire specification 11.1). */
    private static final int QUOTA = 1_000;

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Deployment(testable = false)
    static WebArchive accountOpener() {
        return SecondAccount.archive();
    }

    @Test
    void aQueueOfAnotherAccountIsNotThere() {
        TestQueue mine = server.createQueue("mine");
        mine.send("mine").assertStatus(201);
        TestServer stranger = server.as(SecondAccount.open(server));
        TestQueue theirs = stranger.queue(mine.name());

        theirs.send("x").assertError(404, "QueueNotExist");
        theirs.receive().assertError(404, "QueueNotExist");
        theirs.peek().assertError(404, "QueueNotExist");
        theirs.deleteBatch("x").assertError(404, "QueueNotExist");
        theirs.set(Documents.element("DelaySeconds", 1)).assertError(404, "QueueNotExist");
        stranger.call(stranger.get(theirs.path())).assertError(404, "QueueNotExist");
        theirs.drop().assertStatus(204);

        assertThat(stranger.call(stranger.get("/queues"))
                        .assertStatus(200)
                        .xml()
                        .names())
                .isEmpty();
        assertThat(mine.counts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void queuesOfOneNameInTwoAccountsAreTwoQueues() {
        TestQueue mine = server.createQueue("name");
        mine.send("mine").assertStatus(201);
        TestServer stranger = server.as(SecondAccount.open(server));
        TestQueue theirs = stranger.queue(mine.name());
        stranger.call(stranger.put(theirs.path()).body(Documents.queue())).assertStatus(201);
        theirs.send("theirs").assertStatus(201);

        String theirHandle = theirs.receive().assertStatus(200).value("ReceiptHandle");

        mine.delete(theirHandle).assertError(400, "ReceiptHandleError");
        mine.changeVisibility(theirHandle, 1).assertError(400, "ReceiptHandleError");
        assertThat(mine.drainBodies()).containsExactly("mine");
        theirs.delete(theirHandle).assertStatus(204);
        theirs.drop().assertStatus(204);
        assertThat(mine.counts()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void theHostOfAnotherAccountIsRefusedBeforeTheSignatureIsLookedAt() {
        Credentials other = SecondAccount.open(server);
        TestServer stranger = server.as(other);
        String myHost = server.key().accountId() + ".mns.cn-hangzhou.example.test";
        String theirHost = other.accountId() + ".mns.cn-hangzhou.example.test";

        stranger.call(stranger.get("/queues").replacing("Host", theirHost)).assertStatus(200);
        stranger.call(stranger.get("/queues").replacing("Host", myHost)).assertError(403, "AccessDenied");
        stranger.exchange(stranger.get("/queues")
                        .replacing("Host", myHost)
                        .header("Authorization", "MNS " + other.accessKeyId() + ":x"))
                .assertError(403, "AccessDenied");
    }

    @Test
    void theKeyOfOneAccountDoesNotSignForTheSecretOfAnother() {
        Credentials other = SecondAccount.open(server);
        Credentials mixed = new Credentials(
                other.accountId(), other.accessKeyId(), server.key().accessKeySecret());

        server.exchange(server.get("/queues").signedV2(mixed)).assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void settingsOfTheAccountAreItsOwn() {
        TestServer one = server.as(SecondAccount.open(server));
        TestServer two = server.as(SecondAccount.open(server));
        String attributes = "/?accountmeta=true";
        one.call(one.put(attributes).body(Documents.document("Account", Documents.element("LoggingBucket", "of-one"))))
                .assertStatus(204);

        assertThat(one.call(one.get(attributes)).value("LoggingBucket")).isEqualTo("of-one");
        assertThat(two.call(two.get(attributes)).value("LoggingBucket")).isEmpty();
        assertThat(two.call(two.get("/?account")).value("AccountId"))
                .isEqualTo(two.key().accountId());
    }

    /** The account is this test's own, and keeps its queues: nobody else counts them. */
    @Test
    void theThousandthQueueIsTheLastUntilOneIsDeleted() {
        TestServer account = server.as(SecondAccount.open(server));
        try (RawHttp connection = account.connect()) {
            for (int i = 1; i <= QUOTA; i++) {
                create(account, connection, "q-" + i).assertStatus(201);
            }

            Answer refused = create(account, connection, "one-more").assertError(400, "QueueNumExceededLimit");
            assertThat(refused.value("Message")).contains("1000");
            create(account, connection, "q-1").assertStatus(204);
            assertThat(names(account)).hasSize(QUOTA).doesNotContain("one-more");

            account.queue("q-1000").drop().assertStatus(204);
            create(account, connection, "one-more").assertStatus(201);
            create(account, connection, "q-1000").assertError(400, "QueueNumExceededLimit");
        }
        // One account's quota is no other's.
        server.createQueue("elsewhere").drop().assertStatus(204);
    }

    private static Answer create(TestServer account, RawHttp connection, String name) {
        return account.exchange(
                connection,
                account.put("/queues/" + name).body(Documents.queue()).signedV2(account.key()));
    }

    private static List<String> names(TestServer account) {
        return account.call(account.get("/queues")).assertStatus(200).xml().all("Queue").stream()
                .map(queue -> queue.value("QueueURL"))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
    }
}
