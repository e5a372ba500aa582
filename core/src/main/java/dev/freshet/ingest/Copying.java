package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import dev.freshet.schedule.RunContext;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;

/// Copies splits into data files of the dataset, one after the other. Closing deletes those files that neither a
/// commit nor a checkpoint may have named; the others are vacuum's. Confined to one thread.
final class Copying implements AutoCloseable {
    private final RunContext context;
    private final SourceSession session;
    private final Ingest ingest;
    private final IngestSettings settings;
    private final Pace pace;
    private final List<DataFile> unnamed = new ArrayList<>();
    private long rows;
    private long bytes;

    Copying(RunContext context, SourceSession session, Ingest ingest, IngestSettings settings) {
        this.context = context;
        this.session = session;
        this.ingest = ingest;
        this.settings = settings;
        this.pace = new Pace(context.host(), ingest.limits().rowsPerSecond());
    }

    /// The key of the dataset's folder.
    String folder() {
        return IngestTask.FOLDER + "/" + ingest.dataset();
    }

    /// Counts what earlier runs copied as done.
    void resume(List<DoneSplit> splits) {
        splits.forEach(this::count);
        context.progress(rows, bytes);
    }

    private void count(DoneSplit split) {
        rows += split.rows();
        bytes += split.bytes();
    }

    /// All rows of the split, in complete files.
    DoneSplit copy(SourceTable table, Split split) throws Exception {
        try (PartFiles files = files(table.schema())) {
            Ring ring = new Ring(table.schema(), ingest.limits().batchRows(), settings.share(), pace);
            boolean complete = false;
            try {
                new Loading(context, session, table, ring)
                        .into(files, split, () -> context.progress(rows + files.rows(), bytes + files.bytes()));
                DoneSplit done = new DoneSplit(split, files.rows(), files.finish());
                complete = true;
                unnamed.addAll(done.files());
                count(done);
                return done;
            } finally {
                if (!complete) {
                    files.discard();
                }
            }
        }
    }

    private PartFiles files(Schema schema) {
        return new PartFiles(
                new PartFiles.Place(context.store(), context.host(), folder(), context.runId()),
                schema,
                settings.files().within(settings.share().rowGroupBytes()));
    }

    /// From now on the files are not ours to delete.
    void named() {
        unnamed.clear();
    }

    @Override
    public void close() {
        delete(context.store(), folder(), unnamed);
        unnamed.clear();
    }

    /// Deletes files that nobody named. What cannot be deleted now is left to vacuum.
    static void delete(Store store, String folder, List<DataFile> files) {
        for (DataFile file : files) {
            try {
                store.delete(folder + "/" + file.path());
            } catch (StoreException _) {
                return;
            }
        }
    }
}
