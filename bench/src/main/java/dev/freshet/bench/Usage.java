package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// A table of usage facts, about as many in every hour, each commit a file.
final class Usage {
    static final String DEFINITION = """
            {"type": "rollup", "rollup": "task_usage_hourly", "source": "task_usage",
             "time": "created_at", "updated": "updated_at",
             "dimensions": ["workspace", "runtime", "agent", "project", "provider", "model"],
             "measures": {
               "input_tokens": {"sum": "input_tokens"}, "output_tokens": {"sum": "output_tokens"},
               "cache_read_tokens": {"sum": "cache_read_tokens"}, "cache_write_tokens": {"sum": "cache_write_tokens"},
               "task_count": {"distinct": "task_id"}, "event_count": "count"}}
            """;

    private static final String TABLE = "datasets/task_usage";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SPAN = Duration.ofDays(90).toNanos() / 1000;
    private static final int PROFILES = 200;
    private static final int BATCH_ROWS = 8192;
    private static final int ROWS_A_TASK = 20;
    private static final Schema SCHEMA = Schema.of(
            new Column("created_at", ColumnType.TIMESTAMP, false),
            new Column("updated_at", ColumnType.TIMESTAMP, false),
            new Column("workspace", ColumnType.STRING, false),
            new Column("runtime", ColumnType.STRING, false),
            new Column("agent", ColumnType.STRING, false),
            new Column("project", ColumnType.STRING, true),
            new Column("provider", ColumnType.STRING, false),
            new Column("model", ColumnType.STRING, false),
            new Column("input_tokens", ColumnType.LONG, false),
            new Column("output_tokens", ColumnType.LONG, false),
            new Column("cache_read_tokens", ColumnType.LONG, false),
            new Column("cache_write_tokens", ColumnType.LONG, false),
            new Column("task_id", ColumnType.STRING, false));

    private final Random random = new Random(1);
    private final Store store;
    private final Host host;
    private final DeltaTable table;

    Usage(Store store, Host host) {
        this.store = store;
        this.host = host;
        this.table = new DeltaTable(store, TABLE, host);
    }

    /// Commits so many facts of a part of the whole time, given by two shares of it.
    void add(long rows, double from, double to) {
        String name = "usage-" + host.newId() + ".parquet";
        try (DataFileWriter writer =
                new DataFileWriter(SCHEMA, store.upload(TABLE + "/" + name), WriteOptions.defaults())) {
            Batch batch = new Batch(SCHEMA);
            for (long row = 0; row < rows; row++) {
                append(batch, (long) (SPAN * (from + (to - from) * row / rows)));
                if (batch.rows() == BATCH_ROWS) {
                    writer.write(batch);
                    batch.clear();
                }
            }
            writer.write(batch);
            DataFile file = DataFile.of(name, writer.finish(), host.now());
            table.appendBlindly(Change.of("WRITE").schema(SCHEMA).add(List.of(file)));
        }
    }

    private void append(Batch batch, long micros) {
        long created = BEGIN.getEpochSecond() * 1_000_000 + micros;
        int profile = random.nextInt(PROFILES);
        batch.longs(0).append(created);
        batch.longs(1).append(created + random.nextInt(1_000_000));
        batch.texts(2).append("workspace" + profile % 5);
        batch.texts(3).append("runtime" + profile % 2);
        batch.texts(4).append("agent" + profile % 7);
        if (profile % 4 == 0) {
            batch.texts(5).appendNull();
        } else {
            batch.texts(5).append("project" + profile);
        }
        batch.texts(6).append("provider" + profile % 3);
        batch.texts(7).append("model" + profile % 6);
        for (int column = 8; column < 12; column++) {
            batch.longs(column).append(random.nextInt(10_000));
        }
        batch.texts(12).append("task" + micros / 1_000_000 / ROWS_A_TASK + "-" + profile);
    }
}
