package dev.freshet.query;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.FileSummary;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lake for tests: real tables with a few rows, and an engine over them.
final class Lake {
    private final Store store;
    private final SettableHost host = new SettableHost();
    private final Map<String, DeltaTable> tables = new LinkedHashMap<>();
    private int files;

    Lake(Store store) {
        this.store = store;
    }

    DeltaTable table(String name) {
        return tables.computeIfAbsent(name, key -> new DeltaTable(store, "datasets/" + key, host));
    }

    /// Adds one file of rows and makes this the table's schema.
    void add(String name, Schema schema, @Nullable Object[]... rows) {
        commit(name, TableShape.of(schema), List.of(file(name, schema, Map.of(), rows)));
    }

    void empty(String name, Schema schema) {
        commit(name, TableShape.of(schema), List.of());
    }

    void commit(String name, TableShape shape, List<DataFile> added) {
        CommitOutcome outcome = table(name)
                .commit(newest ->
                        new Decision.Write(Change.of("WRITE").shape(shape).add(added)));
        if (!(outcome instanceof CommitOutcome.Committed)) {
            throw new AssertionError(outcome);
        }
    }

    DataFile file(String name, Schema schema, Map<String, String> partition, @Nullable Object[]... rows) {
        String path = partition.isEmpty() ? "" : "in a folder/";
        path += "part-" + files++ + ".parquet";
        String folder = "datasets/" + name + "/";
        try (DataFileWriter writer = new DataFileWriter(schema, store.upload(folder + path), WriteOptions.defaults())) {
            Batch batch = new Batch(schema);
            Arrays.stream(rows).forEach(batch::appendRow);
            writer.write(batch);
            FileSummary summary = writer.finish();
            return DataFile.of(path, summary, partition, host.now());
        }
    }

    QueryEngine engine() {
        return engine(new QueryLimits(256L << 20, Duration.ofSeconds(60), 1));
    }

    QueryEngine engine(QueryLimits limits) {
        return new QueryEngine(
                store,
                limits,
                () -> tables.keySet().stream()
                        .map(name -> QueryTable.of(name, () -> table(name).latest()))
                        .toList());
    }

    /// An engine over other tables than the lake's.
    QueryEngine over(QueryTable... others) {
        return new QueryEngine(store, QueryLimits.defaults(), () -> List.of(others));
    }

    /// All rows of a query.
    List<List<@Nullable Object>> rows(String sql) {
        return rows(engine(), sql);
    }

    static List<List<@Nullable Object>> rows(QueryEngine engine, String sql) {
        try (QueryResult result = engine.run(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.row());
            }
            return rows;
        }
    }
}
