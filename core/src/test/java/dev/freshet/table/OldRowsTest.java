package dev.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which files are wholly old, and how they go.
class OldRowsTest {
    private static final Instant LIMIT = Instant.parse("2026-03-01T12:00:00Z");
    private static final OldRows OLD = new OldRows("timestamp", "day", LIMIT);

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final RowTable events = new RowTable(store, host, "events/e");

    @Test
    void onlyFilesWhoseEveryRowIsOlderGoAndTheCommitSaysWhy() {
        events.create(Map.of());
        events.append(Instant.parse("2026-02-01T00:00:00Z"), 1);
        events.append(LIMIT.minusSeconds(1), 2);
        events.append(LIMIT, 3);
        events.append(LIMIT.plusSeconds(1), 4);
        DataFile mixed = both(LIMIT.minusSeconds(3600), LIMIT.plusSeconds(1));
        events.commit(Change.of("WRITE").add(List.of(mixed)));
        events.commit(OLD.change(events.newest()).orElseThrow());
        assertThat(events.ids()).containsExactlyInAnyOrder(3L, 4L, 10L, 11L);
        CommitNote note = events.table().history(events.newest(), 1).getFirst();
        assertThat(note.operation()).isEqualTo("RETENTION");
        assertThat(note.dataChange()).isTrue();
        assertThat(OLD.change(events.newest())).isEmpty();
    }

    @Test
    void withoutStatisticsTheDayTellsOnceItIsWhollyOver() {
        events.create(Map.of());
        List<DataFile> files = List.of(
                unknown(events.write(Instant.parse("2026-02-28T23:00:00Z"), 1)),
                unknown(events.write(Instant.parse("2026-03-01T01:00:00Z"), 2)));
        events.commit(Change.of("WRITE").add(files));
        assertThat(OLD.files(events.newest())).containsExactly(files.getFirst());
    }

    @Test
    void whatNobodyKnowsTheAgeOfStays() {
        events.create(Map.of());
        DataFile file = events.write(Instant.parse("2020-01-01T00:00:00Z"), 1);
        DataFile nowhere = new DataFile(file.path(), file.bytes(), Map.of(), file.modified(), FileStatistics.none());
        Batch batch = new Batch(new Schema(RowTable.SCHEMA.columns().subList(0, 3)));
        batch.appendRow(5L, null, "no time");
        batch.appendRow(6L, Instant.parse("2020-01-01T00:00:00Z"), "old");
        DataFile nulls = events.write("nulls.parquet", batch, Map.of());
        events.commit(Change.of("WRITE").add(List.of(nowhere, nulls)));
        assertThat(OLD.files(events.newest())).isEmpty();
    }

    @Test
    void anAppendOnlyTableRefuses() {
        events.create(Map.of("delta.appendOnly", "true"));
        events.append(Instant.parse("2020-01-01T00:00:00Z"), 1);
        Change change = OLD.change(events.newest()).orElseThrow();
        assertThatThrownBy(() -> events.commit(change))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("append only");
    }

    private DataFile both(Instant old, Instant young) {
        Batch batch = new Batch(new Schema(RowTable.SCHEMA.columns().subList(0, 3)));
        batch.appendRow(10L, old, "old");
        batch.appendRow(11L, young, "young");
        return events.write("day=2026-03-01/mixed.parquet", batch, Map.of("day", "2026-03-01"));
    }

    private static DataFile unknown(DataFile file) {
        return new DataFile(file.path(), file.bytes(), file.partition(), file.modified(), FileStatistics.none());
    }
}
