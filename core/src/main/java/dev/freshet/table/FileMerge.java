package dev.freshet.table;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the rows of small files into larger ones, one row after the other in the order that they have. Holds a row
/// group of one file that is read and of one that is written, whatever the number of files. Confined to one thread.
public final class FileMerge {
    private final Store store;
    private final Host host;
    private final Snapshot snapshot;
    private final Schema schema;
    private final long targetBytes;
    private final WriteOptions options;
    private final LongConsumer progress;
    private final List<DataFile> written = new ArrayList<>();
    private @Nullable Part part;
    private long rows;

    /// How large the files become, and how they are written: row groups take no more memory than by default.
    public record Output(long fileBytes, WriteOptions options) {}

    /// The file that is being written.
    private record Part(String path, DataFileWriter writer) {}

    /// @param snapshot what the groups are of
    /// @param progress told the rows of a group so far
    public FileMerge(Store store, Host host, Snapshot snapshot, Output output, LongConsumer progress) {
        this.store = store;
        this.host = host;
        this.snapshot = snapshot;
        this.schema = new Schema(snapshot.schema().columns().stream()
                .filter(column -> !snapshot.partitionColumns().contains(column.name()))
                .toList());
        this.targetBytes = output.fileBytes();
        this.options = output.options().within(WriteOptions.defaults().rowGroupBytes());
        this.progress = progress;
    }

    /// Reads the files of the group and writes new ones, which are complete and visible then.
    ///
    /// @throws FreshetException (TABLE_UNREADABLE, CORRUPT) when a file is gone or is not what the log says of it
    public MergedFiles merge(FileGroup group) {
        written.clear();
        rows = 0;
        try {
            Batch batch = new Batch(schema);
            group.files().forEach(file -> copy(file, group, batch));
            finish(group);
            requireAll(group);
            return new MergedFiles(group, written);
        } catch (RuntimeException e) {
            discard(store, snapshot, written);
            throw e;
        } finally {
            close();
        }
    }

    private void close() {
        if (part != null) {
            part.writer().close();
            part = null;
        }
    }

    private void copy(DataFile file, FileGroup group, Batch batch) {
        try (DataFileReader reader = new DataFileReader(store, snapshot.key(file), file.bytes(), schema)) {
            while (reader.read(batch)) {
                Part open = part == null ? begin(group) : part;
                open.writer().write(batch);
                rows += batch.rows();
                progress.accept(rows);
                if (open.writer().bytesWritten() >= targetBytes) {
                    finish(group);
                }
            }
        } catch (MissingObjectException e) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: version %d: %s".formatted(snapshot.table(), snapshot.version(), e.getMessage()),
                    e);
        }
    }

    private Part begin(FileGroup group) {
        String path = "%spart-%05d-%s.parquet"
                .formatted(
                        PartitionFolder.of(snapshot.partitionColumns(), group.partition()),
                        written.size(),
                        host.newId());
        Part begun =
                new Part(path, new DataFileWriter(schema, store.upload(snapshot.table() + "/" + path), options, host));
        part = begun;
        return begun;
    }

    private void finish(FileGroup group) {
        if (part != null) {
            written.add(DataFile.of(part.path(), part.writer().finish(), group.partition(), host.now()));
            close();
        }
    }

    private void requireAll(FileGroup group) {
        long counted = 0;
        for (DataFile file : group.files()) {
            OptionalLong known = file.statistics().rows();
            if (known.isEmpty()) {
                return;
            }
            counted += known.getAsLong();
        }
        if (counted != rows) {
            throw new FreshetException(
                    ErrorCode.CORRUPT,
                    "table %s: version %d: the log counts %d rows in %d files that hold %d; nothing was rewritten"
                            .formatted(
                                    snapshot.table(),
                                    snapshot.version(),
                                    counted,
                                    group.files().size(),
                                    rows));
        }
    }

    /// Deletes files that no put ever named. What cannot be deleted now is left to vacuum.
    public static void discard(Store store, Snapshot snapshot, List<DataFile> files) {
        try {
            files.forEach(file -> store.delete(snapshot.key(file)));
        } catch (StoreException _) {
            // vacuum finds them
        }
    }
}
