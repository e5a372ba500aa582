package dev.freshet.table;

import static dev.freshet.table.Samples.SCHEMA;
import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.paths;
import static dev.freshet.table.Samples.replace;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Columns, partitions, properties and versions of a table over its life.
class TableShapeTest {
    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final DeltaTable table = new DeltaTable(store, TABLE, host);

    @Test
    void aNewTableAsksLittleOfItsReaders() {
        commit(append("a"));
        TableProtocol protocol = newest().state().protocol();
        assertThat(protocol.minReader()).isEqualTo(1);
        assertThat(protocol.minWriter()).isEqualTo(7);
        assertThat(protocol.writerFeatures()).isEqualTo(Set.of("appendOnly", "domainMetadata", "invariants"));
        assertThat(newest().tableId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void columnsWithoutAZoneAreAnnouncedWhenThereAreSome() {
        commit(append("a"));
        Schema local = Schema.of(new Column("at", new ColumnType.Array(ColumnType.TIMESTAMP_NTZ), true));
        commit(Change.replace(local, Samples.files("b")));
        TableProtocol protocol = newest().state().protocol();
        assertThat(protocol.minReader()).isEqualTo(3);
        assertThat(protocol.readerFeatures()).isEqualTo(Set.of("timestampNtz"));
        assertThat(protocol.writerFeatures()).contains("timestampNtz", "domainMetadata");
    }

    @Test
    void aReplaceMayBringOtherColumnsAndPartitions() {
        commit(append("a"));
        Schema other = Schema.of(
                new Column("day", ColumnType.DATE, true),
                new Column("price", new ColumnType.Decimal(38, 10), false, Map.of("freshet.sensitivity", "financial")));
        commit(Change.replace(other, Samples.files("b"))
                .shape(new TableShape(other, List.of("day"), Map.of("freshet.x", "y"))));
        Snapshot snapshot = new DeltaTable(store, TABLE, host).latest().orElseThrow();
        assertThat(snapshot.schema()).isEqualTo(other);
        assertThat(snapshot.partitionColumns()).containsExactly("day");
        assertThat(snapshot.properties())
                .containsEntry("freshet.x", "y")
                .containsEntry("delta.enableExpiredLogCleanup", "false");
        assertThat(paths(snapshot)).containsExactly("b");
        assertThat(table.at(0).schema()).isEqualTo(SCHEMA);
    }

    @Test
    void everyTypeAndItsMetadataComeBack() {
        Schema schema = Schema.of(
                new Column("b", ColumnType.BOOLEAN, true, Map.of("comment", "a \"quoted\" ü\n")),
                new Column("y", ColumnType.BYTE, false),
                new Column("s", ColumnType.SHORT, true),
                new Column("i", ColumnType.INT, true),
                new Column("l", ColumnType.LONG, true),
                new Column("f", ColumnType.FLOAT, true),
                new Column("d", ColumnType.DOUBLE, true),
                new Column("t", ColumnType.STRING, true),
                new Column("x", ColumnType.BINARY, true),
                new Column("day", ColumnType.DATE, true),
                new Column("at", ColumnType.TIMESTAMP, true),
                new Column("local", ColumnType.TIMESTAMP_NTZ, true),
                new Column("n", new ColumnType.Decimal(38, 0), true),
                new Column("a", new ColumnType.Array(new ColumnType.Array(new ColumnType.Decimal(5, 2))), true));
        assertThat(SchemaJson.parse("t", SchemaJson.write(schema))).isEqualTo(schema);
    }

    @Test
    void anEmptyReplaceLeavesAnEmptyTable() {
        commit(append("a", "b"));
        commit(replace());
        assertThat(newest().files()).isEmpty();
        assertThat(newest().rows()).hasValue(0);
        assertThat(newest().schema()).isEqualTo(SCHEMA);
    }

    @Test
    void aBlindAppendNeverChangesTheColumns() {
        table.appendBlindly(append("a"));
        assertThatThrownBy(() -> table.appendBlindly(
                        Change.of("WRITE").schema(Schema.of(new Column("x", ColumnType.INT, true)))))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining(TABLE);
    }

    @Test
    void aCommitWithoutDataChangeIsMarkedInEveryAction() {
        commit(append("a"));
        commit(Change.of("OPTIMIZE")
                .add(Samples.files("b"))
                .remove(Samples.files("a"))
                .withoutDataChange());
        CommitFile commit = new TableLog(store, TABLE).find(1).orElseThrow();
        assertThat(commit.note().dataChange()).isFalse();
        assertThat(table.lastDataChange(newest())).isZero();
        assertThat(paths(newest())).containsExactly("b");
    }

    @Test
    void historySaysWhoDidWhat() {
        commit(append("a"));
        commit(replace("b").info("operationParameters", Map.of("mode", "Overwrite", "run", "r-1")));
        List<CommitNote> history = table.history(newest(), 10);
        assertThat(history).extracting(CommitNote::version).containsExactly(1L, 0L);
        assertThat(history).extracting(CommitNote::operation).containsOnly("WRITE");
        assertThat(history).noneMatch(CommitNote::isForeign);
        assertThat(history.getFirst().commitId()).isEqualTo(newest().commitId()).matches("[0-9a-f]{32}");
        assertThat(new TableLog(store, TABLE)
                        .find(1)
                        .orElseThrow()
                        .info()
                        .at("/operationParameters/run")
                        .asText())
                .isEqualTo("r-1");
    }

    @Test
    void earlierStatesAreFoundByVersionAndByTime() {
        for (int i = 0; i < 3; i++) {
            commit(replace("v" + i));
            host.pass(Duration.ofHours(1));
        }
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(paths(table.at(1))).containsExactly("v1");
        assertThat(table.at(start.plusSeconds(60)).version()).isZero();
        assertThat(table.at(start.plus(Duration.ofMinutes(61))).version()).isEqualTo(1);
        assertThat(table.at(start.plus(Duration.ofDays(9))).version()).isEqualTo(2);
        assertThatThrownBy(() -> table.at(7)).hasMessageContainingAll(TABLE, "version 7");
        assertThatThrownBy(() -> table.at(start.minusSeconds(60))).hasMessageContaining(TABLE);
    }

    @Test
    void aCheckpointThatAnotherPodWroteIsAsGood() {
        commit(append("a"));
        commit(append("b"));
        table.checkpoint(1);
        byte[] first = store.read(new TableLog(store, TABLE).checkpointKey(1));
        new DeltaTable(store, TABLE, host).checkpoint(1);
        assertThat(store.read(new TableLog(store, TABLE).checkpointKey(1))).isEqualTo(first);
        assertThat(new String(store.read(TABLE + "/_delta_log/_last_checkpoint"), UTF_8))
                .startsWith("{\"version\":1,");
    }

    @Test
    void aTableThatNeedsAShapeSaysSo() {
        assertThatThrownBy(() -> commit(Change.of("WRITE").add(Samples.files("a"))))
                .hasMessageContaining(TABLE);
    }

    private void commit(Change change) {
        assertThat(table.commit(always(change))).isInstanceOf(CommitOutcome.Committed.class);
    }

    private Snapshot newest() {
        return table.latest().orElseThrow();
    }
}
