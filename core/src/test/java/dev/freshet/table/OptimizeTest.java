package dev.freshet.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Small files become one, and nobody sees a difference but by the files.
class OptimizeTest {
    private static final Instant DAY = Instant.parse("2026-01-01T08:00:00Z");
    private static final long TARGET = 1 << 20;

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final RowTable events = new RowTable(store, host, "events/e");

    @Test
    void theRowsAndTheirOrderStayAndOnlyTheFilesChange() {
        events.create(Map.of());
        for (int i = 0; i < 20; i++) {
            host.pass(Duration.ofSeconds(1));
            events.append(DAY.plusSeconds(i), 2L * i, 2L * i + 1);
            events.append(DAY.plus(Duration.ofDays(1)), 1000 + i);
        }
        Snapshot before = events.newest();
        optimize(before);
        Snapshot after = events.newest();
        assertThat(after.files()).hasSize(2);
        assertThat(events.ids(after)).containsExactlyElementsOf(expected());
        assertThat(new HashSet<>(events.rows(after))).isEqualTo(new HashSet<>(events.rows(before)));
        assertThat(after.rows()).isEqualTo(before.rows());
        assertThat(after.schema()).isEqualTo(before.schema());
        CommitNote note = events.table().history(after, 1).getFirst();
        assertThat(note.operation()).isEqualTo("OPTIMIZE");
        assertThat(note.dataChange()).isFalse();
        assertThat(events.ids(events.table().at(before.version()))).hasSize(60);
    }

    private static List<Long> expected() {
        List<Long> ids = new ArrayList<>();
        LongStream.range(0, 40).forEach(ids::add);
        LongStream.range(1000, 1020).forEach(ids::add);
        return ids;
    }

    @Test
    void statisticsAndPartitionValuesAreThoseOfTheRows() {
        events.create(Map.of());
        events.append(DAY, 7);
        events.append(DAY.plusSeconds(60), 3);
        optimize(events.newest());
        DataFile file = events.newest().files().getFirst();
        assertThat(file.partition()).isEqualTo(Map.of("day", "2026-01-01"));
        assertThat(file.path()).startsWith("day=2026-01-01/");
        assertThat(file.rows()).hasValue(2);
        assertThat(file.statistics().json())
                .contains("\"minValues\":{\"id\":3,\"timestamp\":\"2026-01-01T08:00:00.000Z\",\"text\":\"row 3\"}")
                .contains("\"maxValues\":{\"id\":7,\"timestamp\":\"2026-01-01T08:01:00.000Z\",\"text\":\"row 7\"}");
    }

    @Test
    void aColumnThatWasAddedLaterIsNullInOldRows() {
        events.create(Map.of());
        events.append(DAY, 1);
        List<Column> columns = new ArrayList<>(RowTable.SCHEMA.columns());
        columns.add(new Column("late", ColumnType.INT, true));
        Batch batch = new Batch(new Schema(
                columns.stream().filter(column -> !column.name().equals("day")).toList()));
        batch.appendRow(2L, DAY, "two", 22);
        DataFile wider = events.write("day=2026-01-01/wider.parquet", batch, Map.of("day", "2026-01-01"));
        events.commit(Change.of("WRITE")
                .shape(new TableShape(new Schema(columns), List.of("day"), Map.of()))
                .add(List.of(wider)));
        optimize(events.newest());
        assertThat(events.newest().files()).hasSize(1);
        assertThat(events.rows(events.newest())).extracting(List::getLast).containsExactlyInAnyOrder(null, 22);
    }

    @Test
    void whereAFileIsGoneTheOtherGroupsAreJoined() {
        events.create(Map.of());
        DataFile gone = events.append(DAY, 1);
        events.append(DAY, 2);
        events.append(DAY.plus(Duration.ofDays(1)), 3);
        events.append(DAY.plus(Duration.ofDays(1)), 4);
        List<MergedFiles> merged = merge(events.newest());
        assertThat(merged).hasSize(2);
        events.commit(Change.of("DELETE").remove(List.of(gone)));
        Optional<Change> change = MergedFiles.change(events.newest(), merged);
        events.commit(change.orElseThrow());
        assertThat(events.ids()).containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(events.newest().files()).hasSize(2);
        assertThat(MergedFiles.change(events.newest(), merged)).isEmpty();
    }

    @Test
    void rowsThatWereDeletedMeanwhileByADeletionVectorDoNotComeBack() {
        events.create(Map.of());
        DataFile file = events.append(DAY, 1, 2);
        events.append(DAY, 3);
        List<MergedFiles> merged = merge(events.newest());
        String path = "day=2026-01-01/" + file.path().substring(file.path().indexOf('/') + 1);
        store.putIfAbsent(
                "events/e/_delta_log/%020d.json".formatted(events.newest().version() + 1),
                """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors","domainMetadata","appendOnly","invariants"]}}
                {"remove":{"path":"%1$s","deletionTimestamp":1,"dataChange":true}}
                {"add":{"path":"%1$s","partitionValues":{"day":"2026-01-01"},"size":%2$d,"modificationTime":1,"dataChange":true,\
                "deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","offset":4,"sizeInBytes":40,"cardinality":1}}}
                """.formatted(path, file.bytes()).getBytes(UTF_8));
        assertThat(events.newest().hasDeletionVectors()).isTrue();
        assertThat(MergedFiles.change(events.newest(), merged)).isEmpty();
    }

    @Test
    void aFileThatHoldsOtherRowsThanTheLogCountsIsNotRewritten() {
        events.create(Map.of());
        DataFile file = events.write(DAY, 1, 2);
        DataFile lie = new DataFile(
                file.path(), file.bytes(), file.partition(), file.modified(), new FileStatistics("{\"numRecords\":3}"));
        events.commit(Change.of("WRITE").add(List.of(lie)));
        events.append(DAY, 3);
        int files = store.list("events/e/day=2026-01-01", "").size();
        assertThatThrownBy(() -> merge(events.newest()))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContainingAll("events/e", "counts 4 rows", "hold 3");
        assertThat(store.list("events/e/day=2026-01-01", ""))
                .as("nothing is left over")
                .hasSize(files);
    }

    @Test
    void anAppendOnlyTableIsOptimizedForItsRowsStay() {
        events.create(Map.of("delta.appendOnly", "true"));
        events.append(DAY, 1);
        events.append(DAY, 2);
        optimize(events.newest());
        assertThat(events.newest().files()).hasSize(1);
        assertThat(events.ids()).containsExactlyInAnyOrder(1L, 2L);
    }

    private void optimize(Snapshot snapshot) {
        events.commit(MergedFiles.change(events.newest(), merge(snapshot)).orElseThrow());
    }

    private List<MergedFiles> merge(Snapshot snapshot) {
        FileMerge merge =
                new FileMerge(store, host, snapshot, new FileMerge.Output(TARGET, WriteOptions.defaults()), _ -> {});
        return new SmallFiles(TARGET)
                .groups(snapshot).stream().map(merge::merge).toList();
    }
}
