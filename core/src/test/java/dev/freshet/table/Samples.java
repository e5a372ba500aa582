package dev.freshet.table;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of this package commit. Data files are only named: the log does not look into them.
final class Samples {
    static final String TABLE = "datasets/orders";
    static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
    static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false),
            new Column("name", ColumnType.STRING, true, Map.of("comment", "what it is called")));

    private Samples() {}

    static DataFile file(String name) {
        return new DataFile(name, 100, Map.of(), WRITTEN, new FileStatistics("{\"numRecords\":10}"));
    }

    static Change append(String... names) {
        return Change.of("WRITE").schema(SCHEMA).add(files(names));
    }

    static Change replace(String... names) {
        return Change.replace(SCHEMA, files(names));
    }

    static List<DataFile> files(String... names) {
        return List.of(names).stream().map(Samples::file).toList();
    }

    static List<String> paths(Snapshot snapshot) {
        return snapshot.files().stream().map(DataFile::path).toList();
    }

    static Decider always(Change change) {
        return newest -> new Decision.Write(change);
    }

    static Mark mark(long fence, String run, Instant dueAt, String position) {
        return new Mark(
                "ingest",
                "ingest:orders",
                new Fence(1, fence),
                run,
                Optional.of(dueAt),
                Optional.empty(),
                new Position(position),
                "",
                Map.of("source_system", "postgresql"));
    }
}
