package dev.freshet.table;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table of numbered rows with a time, partitioned by day, whose files are real. Each append is a file.
public record RowTable(Store store, Host host, String path) {
    public static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("timestamp", ColumnType.TIMESTAMP, true),
            new Column("text", ColumnType.STRING, true),
            new Column("day", ColumnType.DATE, true));

    private static final Schema WRITTEN = new Schema(SCHEMA.columns().subList(0, 3));

    public DeltaTable table() {
        return DeltaTable.withoutUpkeep(store, path, host);
    }

    public Snapshot newest() {
        return table().latest().orElseThrow();
    }

    public void create(Map<String, String> properties) {
        commit(Change.of("CREATE TABLE").shape(new TableShape(SCHEMA, List.of("day"), new TreeMap<>(properties))));
    }

    /// One file with a row for each number.
    public DataFile append(Instant time, long... ids) {
        DataFile file = write(time, ids);
        commit(Change.of("WRITE").add(List.of(file)));
        return file;
    }

    public DataFile write(Instant time, long... ids) {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        Batch batch = new Batch(WRITTEN);
        for (long id : ids) {
            batch.appendRow(id, time, "row " + id);
        }
        return write("day=" + day + "/f-" + host.newId() + ".parquet", batch, Map.of("day", day.toString()));
    }

    DataFile write(String name, Batch batch, Map<String, String> partition) {
        try (DataFileWriter writer =
                new DataFileWriter(batch.schema(), store.upload(path + "/" + name), WriteOptions.defaults())) {
            writer.write(batch);
            return DataFile.of(name, writer.finish(), partition, host.now());
        }
    }

    public void commit(Change change) {
        CommitOutcome outcome = table().commit(newest -> new Decision.Write(change));
        if (!(outcome instanceof CommitOutcome.Committed)) {
            throw new IllegalStateException(path + ": " + outcome);
        }
    }

    /// The numbers of the rows of a version, in the order in which its files, the oldest first, have them.
    public List<Long> ids(Snapshot snapshot) {
        return rows(snapshot).stream().map(row -> (Long) row.getFirst()).toList();
    }

    public List<Long> ids() {
        return ids(newest());
    }

    public List<List<@Nullable Object>> rows(Snapshot snapshot) {
        Batch batch = new Batch(snapshot.schema());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (TableScan scan = new TableScan(store, snapshot)) {
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    @Nullable
                    Object[] values = new @Nullable Object[batch.schema().size()];
                    for (int column = 0; column < values.length; column++) {
                        values[column] = batch.value(column, row);
                    }
                    rows.add(Arrays.asList(values));
                }
            }
        }
        return rows;
    }
}
