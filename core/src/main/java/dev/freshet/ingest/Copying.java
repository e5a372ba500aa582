package dev.freshet.ingest;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.schedule.RunContext;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;

/// Copies rows into data files of the dataset, for one reader or several at once. Closing deletes those files that
/// neither a commit nor a checkpoint may have named; the others are vacuum's.
///
/// Safe for use by many threads: its own monitor protects the lists and flags, and nothing is waited for under it.
final class Copying implements AutoCloseable {
    private final RunContext context;
    private final Ingest ingest;
    private final Pace pace;
    private final Tally tally;
    private final List<DataFile> unnamed = new ArrayList<>();
    private final List<Ring> rings = new ArrayList<>();
    private boolean committing;
    private boolean stopped;

    Copying(RunContext context, Ingest ingest) {
        this.context = context;
        this.ingest = ingest;
        this.pace = new Pace(context.host(), ingest.limits().rowsPerSecond());
        this.tally = new Tally(context);
        context.onCancel(this::stop);
    }

    /// The key of the dataset's folder.
    String folder() {
        return IngestTask.FOLDER + "/" + ingest.dataset();
    }

    /// Counts what earlier runs copied as done.
    void resume(List<DoneSplit> splits) {
        splits.forEach(split -> tally.add(split.rows(), split.bytes()));
    }

    /// All of the rows, in complete files.
    ///
    /// @param table whose rows they are
    /// @param session through which they come; cancelled if this fails
    /// @param resources that this reader may have
    Copied copy(SourceTable table, SourceSession session, Loading.Rows rows, Resources resources) throws Exception {
        Ring ring = begin(table.schema(), resources.memory(), 1);
        try {
            return copy(table, session, rows, ring, resources.files());
        } finally {
            end(ring);
        }
    }

    /// A ring for so many readers; whoever began it ends it.
    ///
    /// @param memory of each reader
    Ring begin(Schema schema, MemoryShare memory, int readers) {
        Ring ring = new Ring(schema, ingest.limits().batchRows(), memory, readers, pace);
        begin(ring);
        return ring;
    }

    /// Puts the rows into the ring, and as many as come from it, of this or other readers, into complete files.
    Copied copy(SourceTable table, SourceSession session, Loading.Rows rows, Ring ring, WriteOptions options)
            throws Exception {
        Tally.Share own = tally.share();
        Mended mended = ingest.request().mended();
        try (PartFiles files = files(table.schema(), options)) {
            boolean complete = false;
            try {
                new Loading(context, session, table.name(), ring)
                        .into(files, rows, () -> own.now(files.rows(), files.bytes()));
                Copied copied = new Copied(files.rows(), files.finish(), mended.take());
                keep(copied);
                complete = true;
                own.now(copied.rows(), copied.bytes());
                return copied;
            } catch (StoreException e) {
                throw e.during("copying " + table.name());
            } catch (FreshetException e) {
                if (e.code() == ErrorCode.SOURCE_CONFLICT) {
                    // These rows will come again.
                    own.now(0, 0);
                }
                throw e;
            } finally {
                if (!complete) {
                    files.discard();
                    mended.forget();
                }
            }
        }
    }

    private PartFiles files(Schema schema, WriteOptions options) {
        return new PartFiles(
                new PartFiles.Place(context.store(), context.host(), folder(), context.runId()), schema, options);
    }

    private synchronized void begin(Ring ring) {
        rings.add(ring);
        if (stopped) {
            ring.close();
        }
    }

    /// Ends what [#begin] began.
    synchronized void end(Ring ring) {
        rings.remove(ring);
    }

    private synchronized void keep(Copied copied) {
        unnamed.addAll(copied.files());
    }

    /// Ends all that is being copied, and all that would be.
    synchronized void stop() {
        stopped = true;
        rings.forEach(Ring::close);
    }

    /// A checkpoint names the files from now on.
    synchronized void checkpointed() {
        unnamed.clear();
    }

    /// A commit may name the files from now on.
    synchronized void committing() {
        committing = true;
    }

    /// The store certainly did not take the commit.
    synchronized void refused() {
        committing = false;
    }

    private synchronized List<DataFile> ours() {
        return committing ? List.of() : List.copyOf(unnamed);
    }

    @Override
    public void close() {
        delete(context.store(), folder(), ours());
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
