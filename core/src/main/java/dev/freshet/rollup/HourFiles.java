package dev.freshet.rollup;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.FileSummary;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New data files of a rollup, filled one after the other with rows in the order of their hours. Closing discards the
/// unfinished one. Confined to one thread.
final class HourFiles implements AutoCloseable {
    /// The rows of a full file; a multiple of a batch's. The newest file is written again by nearly every tick, and
    /// what that costs is what its rows cost.
    static final int FILE_ROWS = 20_000;

    private final Store store;
    private final Host host;
    private final String folder;
    private final String runId;
    private final Schema schema;
    private final List<DataFile> finished = new ArrayList<>();
    private @Nullable DataFileWriter writer;
    private String path = "";
    private int rows;

    HourFiles(Store store, Host host, String folder, String runId, Schema schema) {
        this.store = store;
        this.host = host;
        this.folder = folder;
        this.runId = runId;
        this.schema = schema;
    }

    void write(Batch batch) {
        DataFileWriter open = writer == null ? begin() : writer;
        open.write(batch);
        rows += batch.rows();
        if (rows >= FILE_ROWS) {
            end(open);
        }
    }

    private DataFileWriter begin() {
        path = "hours-%s-%s.parquet".formatted(runId, host.newId());
        DataFileWriter begun = new DataFileWriter(schema, store.upload(folder + "/" + path), WriteOptions.defaults());
        writer = begun;
        return begun;
    }

    /// What follows goes into another file.
    void cut() {
        if (writer != null) {
            end(writer);
        }
    }

    private void end(DataFileWriter open) {
        FileSummary summary = open.finish();
        finished.add(DataFile.of(path, summary, host.now()));
        close();
        rows = 0;
    }

    /// All files, complete and visible.
    List<DataFile> finish() {
        cut();
        return List.copyOf(finished);
    }

    /// Deletes the files: no commit ever named them. What cannot be deleted now is left to vacuum.
    void discard() {
        close();
        for (DataFile file : finished) {
            try {
                store.delete(folder + "/" + file.path());
            } catch (StoreException _) {
                return;
            }
        }
    }

    @Override
    public void close() {
        DataFileWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }
}
