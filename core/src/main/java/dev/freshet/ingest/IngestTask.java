package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;
import dev.freshet.table.DataFile;
import java.time.Instant;
import java.util.List;

/// One run of an ingest in mode `full`: reads the table in one snapshot, writes its rows to data files, lets
/// the source go, and replaces the dataset's content in one commit.
final class IngestTask implements Task {
    private static final String FOLDER = "datasets";

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
        Instant started = context.host().now();
        Login login = ingest.dsn().login(settings.secrets());
        try (SourceSession session = source.open(login, sourceSettings())) {
            context.onCancel(session::cancel);
            SourceTable table = session.describe(ingest.request());
            table.estimatedRows().ifPresent(context::expect);
            try (PartFiles files = files(context, table.schema())) {
                return load(context, session, table, files, started);
            }
        }
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
                "freshet ingest " + ingest.dataset(), SourceSettings.CONNECT_TIMEOUT, ingest.maxTransaction());
    }

    private PartFiles files(RunContext context, Schema schema) {
        WriteOptions options = WriteOptions.defaults();
        return new PartFiles(
                new PartFiles.Place(context.store(), context.host(), FOLDER + "/" + ingest.dataset(), context.runId()),
                schema,
                options.withRowGroups(settings.share().rowGroupBytes(), options.rowGroupRows()));
    }

    private TaskResult load(
            RunContext context, SourceSession session, SourceTable table, PartFiles files, Instant started)
            throws Exception {
        Replacing replacing = new Replacing(ingest, source.system(), started);
        try {
            Pace pace = new Pace(context.host(), ingest.rowsPerSecond());
            Ring ring = new Ring(table.schema(), ingest.batchRows(), settings.share(), pace);
            new Loading(context, session, table, ring).into(files);
            List<DataFile> written = files.finish();
            session.close();
            return replacing.commit(context, table.schema(), written, files.rows());
        } finally {
            if (!replacing.named()) {
                files.discard();
            }
        }
    }
}
