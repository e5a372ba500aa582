package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.ColumnType;
import dev.freshet.error.FreshetException;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Events as they come into the lake.
@Timeout(60)
class EventTailTest {
    private final EventLake lake = new EventLake(1);
    private final EventRecorder recorder = lake.inMemory();

    private EventTail tail(@Nullable Instant since) {
        return EventTail.open(lake.store, lake.host, "events", since);
    }

    private void stored(Event... events) throws InterruptedException {
        for (Event event : events) {
            recorder.record(event);
        }
        assertThat(recorder.flush(Duration.ofMinutes(1))).isTrue();
    }

    private static List<String> types(EventTail tail) {
        return tail.next().stream().map(RecordedEvent::type).toList();
    }

    @Test
    void everyEventIsSeenOnceInTheOrderOfItsCommitWhateverItsTimestampSays() throws Exception {
        EventTail early = tail(null);
        assertThat(types(early)).as("there is no table yet").isEmpty();
        stored(Event.of("one"));
        EventTail late = tail(null);
        assertThat(types(early)).containsExactly("one");
        stored(Event.of("old").at(Instant.parse("2020-01-01T00:00:00Z")), Event.of("two"));
        stored(Event.of("three"));
        assertThat(types(early)).containsExactly("old", "two", "three");
        assertThat(types(late)).containsExactly("old", "two", "three");
        assertThat(types(early)).isEmpty();
    }

    @Test
    void whatIsThereAlreadyIsSeenFromTheTimeOn() throws Exception {
        Instant now = lake.host.now();
        stored(
                Event.of("before").at(now.minusSeconds(1)),
                Event.of("at").at(now),
                Event.of("yesterday").at(now.minus(Duration.ofDays(1))));
        EventTail tail = tail(now);
        assertThat(types(tail)).containsExactly("at");
        stored(Event.of("after"));
        assertThat(types(tail)).containsExactly("after");
    }

    @Test
    void rowsThatAreOnlyWrittenAnewAreNotSeenAgain() throws Exception {
        EventTail tail = tail(null);
        stored(Event.of("one"));
        stored(Event.of("two"));
        assertThat(types(tail)).containsExactly("one", "two");
        Snapshot snapshot = lake.snapshot("events");
        DataFile file = snapshot.files().getFirst();
        lake.table("events")
                .commit(_ -> new Decision.Write(Change.of("OPTIMIZE")
                        .withoutDataChange()
                        .remove(snapshot.files())
                        .add(List.of(file))));
        stored(Event.of("three"));
        assertThat(types(tail)).containsExactly("three");
    }

    @Test
    void aRowComesWithItsPayloadItsNanosecondsAndItsOwnColumns() throws Exception {
        EventTail tail = tail(null);
        stored(Event.of("a")
                .at(Instant.parse("2026-05-01T00:00:00.123456789Z"))
                .payload("[1]")
                .with("user", ColumnType.STRING, "ann"));
        assertThat(tail.next())
                .containsExactly(new RecordedEvent(
                        "a", Instant.parse("2026-05-01T00:00:00.123456789Z"), "[1]", Map.of("user", "ann")));
    }

    @Test
    void aLogThatWasCleanedMeanwhileIsSaidAndNothingIsLeftOutInSilence() throws Exception {
        stored(Event.of("first"));
        EventTail tail = tail(null);
        for (int i = 0; i < 110; i++) {
            stored(Event.of("later"));
        }
        lake.host.sleep(Duration.ofDays(1));
        stored(Event.of("last"));
        DeltaTable table = lake.table("events");
        table.latest();
        table.upkeep(100, new LogRetention(Duration.ofMinutes(1), Duration.ofMinutes(1), 1));
        assertThatThrownBy(tail::next).isInstanceOf(FreshetException.class).hasMessageContaining("cleaned");
    }

    @Test
    void aNameThatIsNoTableIsRefused() {
        assertThatThrownBy(() -> EventTail.open(lake.store, lake.host, "../datasets/x", null))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("a table is named '../datasets/x'");
    }
}
