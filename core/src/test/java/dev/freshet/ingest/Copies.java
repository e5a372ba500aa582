package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.host.Host;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Mark;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// The dataset `people` of a lake, copied in splits by one holder of its lease after the other.
record Copies(Store store, Host host) {
    static final Schema SCHEMA =
            Schema.of(new Column("id", ColumnType.LONG, false), new Column("email", ColumnType.STRING, true));

    /// So short that each split has one row, or a few.
    static final long SHORTEST = 1024;

    static ListSource people(long count) {
        return new ListSource(
                        SCHEMA,
                        LongStream.range(0, count)
                                .mapToObj(id -> row(id, "a" + id))
                                .toList())
                .keyed("id bigint");
    }

    static List<Object> row(long id, String email) {
        return List.of(id, email);
    }

    static ObjectNode relaxed() {
        return strict().put("consistency", "relaxed");
    }

    static ObjectNode strict() {
        ObjectNode kind = JsonNodeFactory.instance.objectNode();
        return kind.put("type", "postgres")
                .put("dsn", "postgres://u:${env:PW}@h/db")
                .put("table", "people");
    }

    /// Reads so many values of a column `born` that do not fit, as a source would among its rows.
    static void mend(TableRequest request, int values) {
        ColumnPolicy policy = new ColumnPolicy(ColumnType.DATE, OnMisfit.NULL);
        Cell born = request.mended().cell("born", policy, TextCells.of(ColumnType.DATE));
        byte[] never = "infinity".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < values; i++) {
            born.read(never, 0, never.length, Vector.of(ColumnType.INT));
        }
    }

    TestRun run(long fence) {
        return new TestRun(store, host, "people", fence);
    }

    TaskResult copy(ListSource source, long fence) throws Exception {
        return copy(source, relaxed(), run(fence));
    }

    TaskResult copy(Source source, ObjectNode kind, TestRun run) throws Exception {
        Secrets secrets = new Secrets(List.of("*"), name -> Optional.of("hunter2"));
        IngestSettings settings =
                IngestSettings.defaults(1).withSecrets(secrets).withSplits(SHORTEST);
        return new IngestKind(source, settings).task(kind).run(run);
    }

    Snapshot newest() {
        return new DeltaTable(store, "datasets/people", host).latest().orElseThrow();
    }

    Map<String, Object> extras() {
        return Mark.in(newest(), "ingest").orElseThrow().extras();
    }

    Checkpoints checkpoints() {
        return new Checkpoints(store, host, "ingest:people");
    }

    /// The rows of the dataset.
    List<List<Object>> rows() {
        List<List<Object>> rows = new ArrayList<>();
        try (TableScan scan = new TableScan(store, newest())) {
            Batch batch = new Batch(scan.schema());
            while (scan.read(batch)) {
                for (int i = 0; i < batch.rows(); i++) {
                    rows.add(row((Long) batch.value(0, i), (String) batch.value(1, i)));
                }
                batch.clear();
            }
        }
        return rows;
    }

    /// The dataset is what the table is now.
    void checkEqual(ListSource source) {
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(source.rows());
    }

    List<String> committedFiles() {
        return newest().files().stream().map(DataFile::path).toList();
    }

    /// The data files in the dataset's folder, committed or not.
    List<String> files() {
        return store.list("datasets/people", "").stream()
                .map(StoredObject::name)
                .filter(name -> name.endsWith(".parquet"))
                .toList();
    }
}
