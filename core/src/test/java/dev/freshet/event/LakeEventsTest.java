package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.control.TaskRow;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Events as tables of a lake.
@Timeout(60)
class LakeEventsTest {
    private final EventLake lake = new EventLake(1);

    @Test
    void aTableIsMadeByItsFirstEventAndPartitionedByDay() {
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("late").at(Instant.parse("2026-01-01T23:59:59.999999999Z")));
        recorder.record(
                Event.of("early").at(Instant.parse("2026-01-02T00:00:00Z")).payload("{\"a\":1}"));
        recorder.close();
        Snapshot snapshot = lake.snapshot("events");
        assertThat(snapshot.partitionColumns()).containsExactly("day");
        assertThat(snapshot.schema().columns())
                .extracting(Column::name)
                .containsExactly("type", "payload", "timestamp", "timestamp_nanos", "day");
        assertThat(snapshot.files())
                .extracting(DataFile::partition)
                .containsExactly(Map.of("day", "2026-01-01"), Map.of("day", "2026-01-02"));
        assertThat(snapshot.files()).extracting(DataFile::path).allMatch(path -> path.startsWith("day=2026-01-0"));
        assertThat(lake.rows("events").getFirst())
                .containsEntry("type", "late")
                .containsEntry("payload", null)
                .containsEntry("timestamp", Instant.parse("2026-01-01T23:59:59.999999Z"))
                .containsEntry("timestamp_nanos", 1767311999999999999L)
                .containsEntry("day", LocalDate.parse("2026-01-01"));
        assertThat(lake.rows("events").getLast()).containsEntry("payload", "{\"a\":1}");
    }

    @Test
    void aSlotIsTakenWhileTheFirstEventWaits() throws InterruptedException {
        EventRecorder recorder = lake.inMemory();
        assertThat(lake.slots()).isEmpty();
        recorder.record(Event.of("a"));
        lake.host.sleep(Duration.ofMillis(500));
        assertThat(lake.slots()).singleElement().matches(TaskRow::isProcessing);
        assertThat(recorder.counts().stored()).isZero();
        recorder.close();
        assertThat(lake.rows("events")).hasSize(1);
        assertThat(lake.slots()).singleElement().matches(slot -> !slot.isProcessing());
    }

    @Test
    void timeToLiveAppendModeAndPayloadFormatArePropertiesOfTheTable() {
        EventRecorder kept = lake.recorder(
                lake.store, RecorderOptions.with(new FullPolicy.Drop()).withTimeToLive(TimeToLive.parse("12h")));
        kept.record(Event.of("a"));
        kept.close();
        assertThat(lake.snapshot("events").properties())
                .containsEntry("freshet.time_to_live", "12h")
                .containsEntry("freshet.compaction_window", "1d")
                .containsEntry("freshet.append_mode", "append")
                .containsEntry("freshet.payload_format", "json")
                .doesNotContainKey("delta.appendOnly");
        EventRecorder forever = lake.recorder(
                lake.store, RecorderOptions.with(new FullPolicy.Drop()).withTimeToLive(TimeToLive.parse("forever")));
        forever.record(Event.of("a").in("audit"));
        forever.close();
        assertThat(lake.snapshot("audit").properties()).containsEntry("delta.appendOnly", "true");
    }

    @Test
    void columnsThatATableLacksAreAddedAndEachExtraRowIsARow() {
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("plain"));
        recorder.close();
        EventRecorder next = lake.inMemory();
        Column step = new Column("step", ColumnType.STRING, true);
        Column rows = new Column("rows", ColumnType.LONG, true);
        next.record(Event.of("run").rows(List.of(step, rows), List.of(List.of("read", 10L), List.of("write", 20L))));
        next.record(Event.of("other").with("user", ColumnType.STRING, "ann"));
        next.close();
        assertThat(lake.snapshot("events").schema().columns())
                .extracting(Column::name)
                .containsExactly("type", "payload", "timestamp", "timestamp_nanos", "day", "step", "rows", "user");
        assertThat(lake.rows("events"))
                .extracting(
                        row -> row.get("type") + ":" + row.get("step") + ":" + row.get("rows") + ":" + row.get("user"))
                .containsExactlyInAnyOrder(
                        "plain:null:null:null", "run:read:10:null", "run:write:20:null", "other:null:null:ann");
        assertThat(lake.snapshot("events").properties()).containsEntry("freshet.payload_format", "json");
    }

    @Test
    void aTableTakesItsColumnsInItsOwnSpelling() {
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("a").with("User", ColumnType.STRING, "ann"));
        recorder.close();
        EventRecorder next = lake.inMemory();
        next.record(Event.of("b").with("user", ColumnType.STRING, "bob"));
        next.close();
        assertThat(lake.rows("events")).extracting(row -> row.get("User")).containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void aGroupWhoseColumnsContradictTheTableGoesToTheDeadLettersAndTheOthersAreStored() {
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("a").with("n", ColumnType.LONG, 1L));
        recorder.close();
        EventRecorder next = lake.inMemory();
        next.record(Event.of("poison").payload("[1]").with("n", ColumnType.STRING, "one"));
        next.record(Event.of("fine").with("n", ColumnType.LONG, 2L));
        assertThat(next.close(Duration.ofMinutes(1)).isNothing()).isTrue();
        assertThat(lake.types("events")).containsExactly("a", "fine");
        assertThat(lake.rows(EventRecorder.DEAD_LETTERS))
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .containsEntry("type", "poison")
                        .containsEntry("payload", "[1]")
                        .containsEntry("intended_table", "events")
                        .containsEntry("extra_rows", "[[one]]")
                        .containsEntry(
                                "reason", "mismatched schema: the table events has (n long), actual (n string)"));
        assertThat(next.counts().deadLettered()).isEqualTo(1);
    }

    @Test
    void whatIsNoTableOfEventsIsLeftAlone() {
        Schema foreign = Schema.of(new Column("id", ColumnType.LONG, false));
        lake.table("strange").appendBlindly(Change.of("WRITE").schema(foreign).add(List.of()));
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("a").in("strange"));
        recorder.close();
        assertThat(lake.snapshot("strange").version()).isZero();
        assertThat(lake.rows(EventRecorder.DEAD_LETTERS).getFirst().get("reason"))
                .asString()
                .contains("events/strange is no table of events")
                .contains("actual (id long)");
    }

    @Test
    void aDurableEventIsInTheLakeWhenItsCallerIsTold() throws Exception {
        EventRecorder recorder = lake.inMemory();
        for (int i = 0; i < 5; i++) {
            assertThat(recorder.recordDurably(Event.of("d" + i))).isEqualTo(Acceptance.ACCEPTED);
            assertThat(lake.types("events")).hasSize(i + 1).contains("d" + i);
        }
        recorder.close();
        assertThat(recorder.counts().durable()).isEqualTo(5);
        assertThat(recorder.counts().waiting()).isZero();
    }

    @Test
    void aBatchIsOneCommitThatCarriesTheNumberOfItsLane() throws Exception {
        EventRecorder recorder = lake.inMemory();
        recorder.record(Event.of("a"));
        recorder.record(Event.of("b").with("n", ColumnType.LONG, 1L));
        recorder.flush(Duration.ofMinutes(1));
        recorder.record(Event.of("c"));
        recorder.flush(Duration.ofMinutes(1));
        long fence = lake.slots().getFirst().fence().version();
        recorder.close();
        assertThat(lake.snapshot("events").version()).isEqualTo(1);
        assertThat(lake.table("events").numbers(lake.snapshot("events"), "lane:0", -1))
                .contains(List.of(fence << 20, (fence << 20) + 1));
        assertThat(lake.snapshot("events").files()).hasSize(2);
    }

    @Test
    void anIdleRecorderCommitsNothingAndAClosedOneHoldsNoSlot() throws Exception {
        EventRecorder recorder = lake.inMemory();
        assertThat(lake.slots()).isEmpty();
        recorder.record(Event.of("a"));
        recorder.flush(Duration.ofMinutes(1));
        long control = lake.slots().getFirst().heartbeat();
        lake.host.sleep(Duration.ofHours(1));
        assertThat(lake.slots().getFirst().heartbeat()).isEqualTo(control);
        recorder.record(Event.of("b"));
        recorder.close();
        assertThat(lake.slots())
                .singleElement()
                .satisfies(slot -> assertThat(slot.isProcessing()).isFalse());
        assertThat(lake.types("events")).containsExactly("a", "b");
    }

    @Test
    void whatIsFilteredReachesNoStore() {
        EventRecorder recorder = lake.recorder(
                lake.store, RecorderOptions.with(new FullPolicy.Drop()).withEventTypes(Set.of()));
        recorder.record(Event.of("a"));
        recorder.close();
        assertThat(lake.slots()).as("what is filtered costs nothing").isEmpty();
        assertThat(lake.table("events").latest()).isEmpty();
    }
}
