package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;

/// One run of an ingest in mode `full`: reads the table, in one snapshot or split by split, writes its rows to data
/// files, lets the source go, and replaces the dataset's content in one commit.
final class IngestTask implements Task {
    static final String FOLDER = "datasets";

    private final Source source;
    private final Ingest ingest;
    private final IngestSettings settings;

    IngestTask(Source source, Ingest ingest, IngestSettings settings) {
        this.source = source;
        this.ingest = ingest;
        this.settings = settings;
    }

    @Override
    public TaskResult run(RunContext context) throws Exception {
        checkNameIsFree(context);
        Replacing replacing =
                new Replacing(ingest, source.system(), context.host().now());
        Login login = ingest.dsn().login(settings.secrets());
        try (SourceLink link = new SourceLink(context, () -> source.open(login, sourceSettings()));
                Copying copying = new Copying(context, ingest)) {
            return run(context, link, copying, replacing);
        }
    }

    private TaskResult run(RunContext context, SourceLink link, Copying copying, Replacing replacing) throws Exception {
        SourceTable table = link.session().describe(ingest.request());
        table.estimatedRows().ifPresent(context::expect);
        KeptSplits kept = new KeptSplits(context);
        boolean relaxed = ingest.consistency() == Consistency.RELAXED;
        Load load = relaxed && table.key().isPresent()
                ? new SplitLoad(context, link, ingest, copying, kept, settings.resources())
                        .run(table, settings.cutting().splitBytes())
                : whole(new SnapshotLoad(context, copying, ingest, settings, link), table, kept);
        link.close();
        TaskResult result = replacing.commit(context, table.schema(), load, copying);
        kept.done();
        return result;
    }

    /// All rows from one snapshot. What was kept of another one is of no use.
    private Load whole(SnapshotLoad load, SourceTable table, KeptSplits kept) throws Exception {
        kept.forget();
        return ingest.consistency() == Consistency.STRICT
                ? load.run(table)
                : load.run(table).noting("one snapshot: the table has no key to split it by");
    }

    /// Some stores, and all SQL, cannot tell names apart that differ only by case.
    private void checkNameIsFree(RunContext context) {
        context.store().folders(FOLDER).stream()
                .filter(name -> name.equalsIgnoreCase(ingest.dataset()) && !name.equals(ingest.dataset()))
                .findFirst()
                .ifPresent(name -> {
                    throw new FreshetException(
                            ErrorCode.BAD_DEFINITION,
                            "dataset '%s' differs only by case from dataset '%s', which exists; choose another dataset_name"
                                    .formatted(ingest.dataset(), name));
                });
    }

    private SourceSettings sourceSettings() {
        return new SourceSettings(
                "freshet ingest " + ingest.dataset(),
                SourceSettings.CONNECT_TIMEOUT,
                ingest.limits().maxTransaction());
    }
}
