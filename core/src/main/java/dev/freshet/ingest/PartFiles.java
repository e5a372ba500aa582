package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.FileSummary;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data files of one split: one after the other, each of about the same size. Closing discards the unfinished
/// one; [#discard] deletes the finished ones too. All are written with the same memory. Confined to one thread.
final class PartFiles implements AutoCloseable {
    static final long FILE_BYTES = 512L << 20;

    private final Store store;
    private final Host host;
    private final String folder;
    private final String runId;
    private final DataFileWriter writer;
    private final List<DataFile> finished = new ArrayList<>();
    private @Nullable Part part;
    private long rows;
    private long bytes;

    /// A file that is being written.
    private record Part(String path, CountedUpload upload) {}

    PartFiles(Place place, Schema schema, WriteOptions options) {
        this.store = place.store();
        this.host = place.host();
        this.folder = place.folder();
        this.runId = place.runId();
        this.writer = new DataFileWriter(schema, options, place.host());
    }

    /// Where a run's files go.
    record Place(Store store, Host host, String folder, String runId) {}

    void write(Batch batch) {
        Part open = part == null ? begin() : part;
        writer.write(batch);
        rows += batch.rows();
        if (open.upload().bytes() >= FILE_BYTES) {
            finish(open);
        }
    }

    private Part begin() {
        String path = "part-%05d-%s-%s.parquet".formatted(finished.size(), runId, host.newId());
        CountedUpload upload = new CountedUpload(store.upload(folder + "/" + path), host);
        Part begun = new Part(path, upload);
        part = begun;
        writer.begin(upload);
        return begun;
    }

    private void finish(Part open) {
        FileSummary summary = writer.finish();
        finished.add(DataFile.of(open.path(), summary, host.now()));
        bytes += summary.bytes();
        part = null;
    }

    /// All files, complete and visible; none if there were no rows.
    List<DataFile> finish() {
        if (part != null) {
            finish(part);
        }
        return List.copyOf(finished);
    }

    long rows() {
        return rows;
    }

    /// Bytes written so far.
    long bytes() {
        return bytes + (part == null ? 0 : part.upload().bytes());
    }

    /// Deletes the files: nobody ever named them.
    void discard() {
        close();
        Copying.delete(store, folder, finished);
    }

    @Override
    public void close() {
        part = null;
        writer.close();
    }
}
