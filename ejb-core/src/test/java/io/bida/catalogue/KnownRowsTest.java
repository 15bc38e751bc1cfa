package io.bida.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.catalogue.KnownRows.Row;
import io.bida.error.ServiceUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

    private final KnownRows<String, String> known = filledWith();

    @Test
    void nothingIsFoundBeforeTheFirstReading() {
        KnownRows<String, String> starting = new KnownRows<>();

        assertThatThrownBy(() -> starting.find("a"))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("starting");
    }

    @Test
    void rememberedRowIsFound() {
        known.remember(new Row<>("a", 1, 0, "first"));

        assertThat(known.find("a")).contains("first");
    }

    @Test
    void ofTwoCommitsThatArriveInTheWrongOrderTheLaterOneCounts() {
        known.remember(new Row<>("a", 1, 2, "later"));

        known.remember(new Row<>("a", 1, 1, "earlier"));

        assertThat(known.find("a")).contains("later");
    }

    @Test
    void changeThatArrivesAfterTheRemovalDoesNotBringTheRowBack() {
        known.remember(new Row<>("a", 1, 0, "first"));
        known.forget(1);

        known.remember(new Row<>("a", 1, 1, "changed"));

        assertThat(known.find("a")).isEmpty();
    }

    @Test
    void removalOfAnOlderRowLeavesTheNewOneOfTheSameKey() {
        known.remember(new Row<>("a", 2, 0, "new"));

        known.forget(1);

        assertThat(known.find("a")).contains("new");
    }

    @Test
    void readingBringsInWhatOthersCommitted() {
        known.remember(new Row<>("a", 1, 0, "first"));
        known.remember(new Row<>("gone", 2, 0, "removed by another node"));

        int repaired = known.reconcile(
                known.beginReading(), List.of(new Row<>("a", 1, 1, "changed"), new Row<>("b", 3, 0, "created")));

        assertThat(repaired).isEqualTo(3);
        assertThat(known.all()).containsExactly("changed", "created");
    }

    @Test
    void readingDoesNotUndoWhatWasCommittedMeanwhile() {
        known.remember(new Row<>("changed", 1, 0, "old"));
        known.remember(new Row<>("removed", 2, 0, "old"));
        List<Row<String, String>> rowsAsReadBefore =
                List.of(new Row<>("changed", 1, 0, "old"), new Row<>("removed", 2, 0, "old"));
        long begun = known.beginReading();
        known.remember(new Row<>("changed", 1, 1, "new"));
        known.forget(2);
        known.remember(new Row<>("created", 3, 0, "new"));

        int repaired = known.reconcile(begun, rowsAsReadBefore);

        assertThat(repaired).isZero();
        assertThat(known.find("changed")).contains("new");
        assertThat(known.find("removed")).isEmpty();
        assertThat(known.find("created")).contains("new");
    }

    @Test
    void readingThatSawALaterCommitOfAnotherNodeCounts() {
        long begun = known.beginReading();
        known.remember(new Row<>("a", 1, 1, "mine"));

        known.reconcile(begun, List.of(new Row<>("a", 1, 2, "theirs")));

        assertThat(known.find("a")).contains("theirs");
    }

    @Test
    void databaseThatWentBackInTimeIsBelieved() {
        known.remember(new Row<>("a", 1, 7, "lost by restoring a backup"));

        known.reconcile(known.beginReading(), List.of(new Row<>("a", 1, 3, "restored")));

        assertThat(known.find("a")).contains("restored");
    }

    @Test
    void summaryFollowsEveryChange() {
        known.remember(new Row<>("a", 10, 0, ""));
        known.remember(new Row<>("b", 20, 4, ""));
        known.remember(new Row<>("a", 10, 3, ""));
        known.remember(new Row<>("c", 30, 1, ""));
        known.forget(30);

        assertThat(known.summary()).isEqualTo(new KnownRows.Summary(2, 30, 7));
    }

    @Test
    void rowsAreListedInTheOrderOfTheirKeys() {
        known.remember(new Row<>("b", 1, 0, "second"));
        known.remember(new Row<>("c", 2, 0, "third"));
        known.remember(new Row<>("a", 3, 0, "first"));

        assertThat(known.from("a", true)).containsExactly("first", "second", "third");
        assertThat(known.from("a", false)).containsExactly("second", "third");
    }

    private static KnownRows<String, String> filledWith() {
        KnownRows<String, String> rows = new KnownRows<>();
        rows.reconcile(rows.beginReading(), List.of());
        return rows;
    }
}
