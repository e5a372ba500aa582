package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.store.Store;

/// Reads a Parquet file, ours or anyone's, through ranged reads of a store. Columns are found by name; one that the
/// file lacks is null in every row; a narrower type is widened. Confined to one thread.
public final class DataFileReader implements AutoCloseable {
    public DataFileReader(Store store, String key, Schema wanted) {
        throw new UnsupportedOperationException(store + key + wanted);
    }

    /// Clears the batch and fills it with the next rows; false, and none, at the end of the file.
    public boolean read(Batch into) {
        throw new UnsupportedOperationException(into.toString());
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
