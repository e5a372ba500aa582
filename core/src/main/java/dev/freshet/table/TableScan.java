package dev.freshet.table;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a snapshot, file by file, with the partition columns filled in. The caller owns the batch
/// and closes the scan. Confined to one thread. Refuses tables with deletion vectors, whose rows it would get
/// wrong.
public final class TableScan implements AutoCloseable {
    private final Store store;
    private final Snapshot snapshot;
    private final Iterator<DataFile> files;
    private @Nullable DataFile file;
    private @Nullable DataFileReader reader;

    public TableScan(Store store, Snapshot snapshot) {
        this(store, snapshot, file -> true);
    }

    /// @param wanted leaves out files that cannot hold what is looked for, see [DataFile#mayHold]
    public TableScan(Store store, Snapshot snapshot, Predicate<DataFile> wanted) {
        if (snapshot.hasDeletionVectors()) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table %s: version %d has deletion vectors; apply them first (REORG TABLE … APPLY (PURGE) in Spark)"
                            .formatted(snapshot.table(), snapshot.version()));
        }
        this.store = store;
        this.snapshot = snapshot;
        this.files = snapshot.files().stream().filter(wanted).iterator();
    }

    public Schema schema() {
        return snapshot.schema();
    }

    /// The file that the rows read last came from.
    public DataFile file() {
        if (file == null) {
            throw new IllegalStateException("nothing was read yet");
        }
        return file;
    }

    /// Clears the batch, which must have the scan's schema, and fills it with the next rows; false, and none, at
    /// the end.
    public boolean read(Batch into) {
        try {
            while (open()) {
                if (reader != null && file != null && reader.read(into)) {
                    fill(into, file.partition());
                    return true;
                }
                close();
            }
        } catch (StoreException e) {
            throw failed(e);
        }
        into.clear();
        return false;
    }

    private FreshetException failed(StoreException e) {
        ErrorCode code = e instanceof MissingObjectException ? ErrorCode.TABLE_UNREADABLE : e.code();
        return new FreshetException(
                code, "table %s: version %d: %s".formatted(snapshot.table(), snapshot.version(), e.getMessage()), e);
    }

    private boolean open() {
        if (reader == null && files.hasNext()) {
            file = files.next();
            reader = new DataFileReader(store, snapshot.key(file), snapshot.schema());
        }
        return reader != null;
    }

    private void fill(Batch into, Map<String, String> partition) {
        int rows = into.rows();
        for (int i = 0; i < into.schema().size(); i++) {
            Column column = into.schema().column(i);
            if (snapshot.partitionColumns().contains(column.name())) {
                PartitionValues.fill(into.column(i), column.type(), partition.get(column.name()), rows);
            }
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        reader = null;
    }
}
