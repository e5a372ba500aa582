package dev.freshet.rollup;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.query.FileQuery;
import dev.freshet.table.CommittedChange;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TimeBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What can be asked about the facts: when they happened, by the statistics of their files as far as these tell.
final class FactsQuery {
    static final int BATCH_ROWS = 10_000;

    /// Bounds that lie closer together than this are taken for the hours of the file's facts.
    private static final Duration CLOSE = Duration.ofHours(1);

    private static final Schema HOURS = Schema.of(new Column("hour", ColumnType.LONG, true));
    private static final Schema SPAN =
            Schema.of(new Column("oldest", ColumnType.LONG, true), new Column("newest", ColumnType.LONG, true));

    private final FileQuery engine;
    private final RollupSql sql;
    private final String time;

    /// When the oldest fact happened, and when the newest one did or was changed last.
    record Reach(Instant oldest, Instant newest) {}

    FactsQuery(FileQuery engine, RollupSchema schema, RollupSql sql) {
        this.engine = engine;
        this.sql = sql;
        this.time = schema.definition().time();
    }

    /// The files that may have a fact of one of the hours.
    List<DataFile> meeting(Snapshot facts, Buckets buckets) {
        return facts.files().stream().filter(file -> mayMeet(file, buckets)).toList();
    }

    /// How many facts are to be read for these hours, as far as the files say.
    long rows(Snapshot facts, Buckets buckets) {
        return meeting(facts, buckets).stream()
                .mapToLong(file -> file.rows().orElse(0))
                .sum();
    }

    private boolean mayMeet(DataFile file, Buckets buckets) {
        return file.times(time)
                .map(bounds -> buckets.meets(Buckets.hour(bounds.first()), Buckets.hour(bounds.last())))
                .orElse(true);
    }

    /// The hours of all facts in the files that the changes added or removed.
    ///
    /// @param facts the table as of the last of the changes
    Buckets touched(Facts table, Snapshot facts, List<CommittedChange> changes) {
        List<Buckets.Span> spans = new ArrayList<>();
        List<DataFile> unclear = new ArrayList<>();
        changes.stream()
                .flatMap(change -> Stream.concat(change.added().stream(), change.removed().stream()))
                .forEach(file -> {
                    Optional<TimeBounds> close = file.times(time).filter(FactsQuery::isClose);
                    if (close.isPresent()) {
                        spans.add(new Buckets.Span(
                                Buckets.hour(close.get().first()),
                                Buckets.hour(close.get().last()) + 1));
                    } else {
                        unclear.add(file);
                    }
                });
        if (!unclear.isEmpty()) {
            table.requireFiles(facts, unclear);
            numbers(facts, unclear, sql.hours()).forEach(micros -> {
                long hour = Math.floorDiv(micros, Buckets.HOUR_MICROS);
                spans.add(new Buckets.Span(hour, hour + 1));
            });
        }
        return Buckets.of(spans);
    }

    private static boolean isClose(TimeBounds bounds) {
        return Duration.between(bounds.first(), bounds.last()).compareTo(CLOSE) <= 0;
    }

    /// The hours that begin the months that may have facts.
    List<Long> months(Snapshot facts, Buckets buckets) {
        List<DataFile> files = meeting(facts, buckets);
        return files.isEmpty()
                ? List.of()
                : numbers(facts, files, sql.months()).stream()
                        .map(micros -> Math.floorDiv(micros, Buckets.HOUR_MICROS))
                        .toList();
    }

    /// Empty when there is no fact with a time.
    Optional<Reach> reach(Snapshot facts) {
        return reach(facts, facts.files());
    }

    Optional<Reach> reach(Snapshot facts, List<DataFile> files) {
        List<Reach> found = new ArrayList<>();
        if (!files.isEmpty()) {
            engine.run(List.of(part(facts, files)), sql.span(), SPAN, 1, batch -> {
                if (!batch.column(0).isNull(0)) {
                    found.add(new Reach(instant(batch, 0), instant(batch, 1)));
                }
            });
        }
        return found.stream().findFirst();
    }

    private static Instant instant(Batch batch, int column) {
        long micros = batch.longs(column).get(0);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    private TreeSet<Long> numbers(Snapshot facts, List<DataFile> files, String statement) {
        TreeSet<Long> numbers = new TreeSet<>();
        engine.run(List.of(part(facts, files)), statement, HOURS, BATCH_ROWS, batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                numbers.add(batch.longs(0).get(row));
            }
        });
        return numbers;
    }

    private static FileQuery.Part part(Snapshot facts, List<DataFile> files) {
        return new FileQuery.Part(RollupSql.FACTS, facts, files);
    }
}
