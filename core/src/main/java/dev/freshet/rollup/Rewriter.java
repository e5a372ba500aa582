package dev.freshet.rollup;

import dev.freshet.batch.Batch;
import dev.freshet.query.FileQuery;
import dev.freshet.schedule.RunContext;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TimeBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Computes the rows of some hours anew and writes them, together with the rows of other hours that share a file with
/// them. What no such file holds is left alone.
final class Rewriter {
    /// A file with fewer rows than this grows with the hours that follow it.
    private static final long SMALL = HourFiles.FILE_ROWS / 2;

    private final RunContext context;
    private final FileQuery engine;
    private final RollupSchema schema;
    private final RollupSql sql;
    private long rows;

    Rewriter(RunContext context, FileQuery engine, RollupSchema schema, RollupSql sql) {
        this.context = context;
        this.engine = engine;
        this.schema = schema;
        this.sql = sql;
    }

    /// @param query knows which files of the facts may have facts of an hour
    /// @param table what the rollup's table holds now; empty if it has no rows to keep
    Rewrite write(Snapshot facts, FactsQuery query, Optional<Snapshot> table, Buckets buckets) {
        List<DataFile> files = table.map(Snapshot::files).orElse(List.of());
        List<DataFile> removed = replaced(files, buckets);
        HourFiles added = new HourFiles(
                context.store(), context.host(), schema.definition().path(), context.runId(), schema.rows());
        Counted counted = new Counted(added, buckets);
        boolean complete = false;
        try {
            for (Stretch stretch : stretches(files, removed, buckets)) {
                write(stretch, facts, query.meeting(facts, stretch.fresh()), table, counted);
                added.cut();
            }
            Rewrite rewrite = new Rewrite(schema, table, removed, added.finish(), counted.touched);
            complete = true;
            return rewrite;
        } finally {
            if (!complete) {
                added.discard();
            }
        }
    }

    private void write(
            Stretch stretch, Snapshot facts, List<DataFile> wanted, Optional<Snapshot> table, Counted counted) {
        if (wanted.isEmpty() && stretch.files().isEmpty()) {
            return;
        }
        List<FileQuery.Part> parts = new ArrayList<>(List.of(new FileQuery.Part(RollupSql.FACTS, facts, wanted)));
        table.ifPresent(kept -> parts.add(new FileQuery.Part(RollupSql.KEPT, kept, stretch.files())));
        engine.run(
                parts,
                sql.rewritten(stretch.fresh(), counted.buckets, table.isPresent()),
                schema.rows(),
                FactsQuery.BATCH_ROWS,
                counted::write);
    }

    /// Hours and files to be replaced between two files that stay: their rows go into files of their own, or the ranges
    /// of hours in the files would come to overlap.
    record Stretch(Buckets fresh, List<DataFile> files) {}

    static List<Stretch> stretches(List<DataFile> all, List<DataFile> removed, Buckets buckets) {
        TreeSet<Long> cuts = new TreeSet<>(List.of(Buckets.FIRST));
        all.stream()
                .filter(file -> !removed.contains(file))
                .map(Rewriter::firstHour)
                .forEach(cuts::add);
        List<Stretch> stretches = new ArrayList<>();
        for (long from : cuts) {
            Long next = cuts.higher(from);
            long to = next == null ? Buckets.END : next;
            Stretch stretch = new Stretch(
                    buckets.within(from, to),
                    removed.stream()
                            .filter(file -> firstHour(file) >= from && firstHour(file) < to)
                            .toList());
            if (!stretch.fresh().isEmpty() || !stretch.files().isEmpty()) {
                stretches.add(stretch);
            }
        }
        return stretches;
    }

    /// Counts the rows of the hours that are computed anew, and shows progress.
    private final class Counted {
        private final HourFiles files;
        private final Buckets buckets;
        private long touched;

        Counted(HourFiles files, Buckets buckets) {
            this.files = files;
            this.buckets = buckets;
        }

        void write(Batch batch) {
            files.write(batch);
            for (int row = 0; row < batch.rows(); row++) {
                touched += buckets.has(Math.floorDiv(batch.longs(0).get(row), Buckets.HOUR_MICROS)) ? 1 : 0;
            }
            rows += batch.rows();
            context.progress(rows, 0);
        }
    }

    /// Deletes what was written for a commit that was never tried.
    void discard(Rewrite rewrite) {
        for (DataFile file : rewrite.added()) {
            context.store().delete(schema.definition().path() + "/" + file.path());
        }
    }

    /// The files that may hold one of the hours, and small ones right before them, which would stay small for ever.
    static List<DataFile> replaced(List<DataFile> files, Buckets buckets) {
        TreeMap<String, DataFile> replaced = new TreeMap<>();
        List<DataFile> sorted = files.stream()
                .sorted(Comparator.comparingLong(Rewriter::firstHour).thenComparing(DataFile::path))
                .toList();
        for (Buckets.Span span : buckets.spans()) {
            sorted.stream()
                    .filter(file -> lastHour(file) < span.from())
                    .reduce((_, later) -> later)
                    .filter(file -> file.rows().orElse(Long.MAX_VALUE) < SMALL)
                    .ifPresent(file -> replaced.put(file.path(), file));
        }
        sorted.stream()
                .filter(file -> buckets.meets(firstHour(file), lastHour(file)))
                .forEach(file -> replaced.put(file.path(), file));
        return List.copyOf(replaced.values());
    }

    private static long firstHour(DataFile file) {
        return bounds(file).map(bounds -> Buckets.hour(bounds.first())).orElse(Buckets.FIRST);
    }

    private static long lastHour(DataFile file) {
        return bounds(file).map(bounds -> Buckets.hour(bounds.last())).orElse(Buckets.END);
    }

    private static Optional<TimeBounds> bounds(DataFile file) {
        return file.times(RollupSchema.HOUR);
    }
}
