package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.store.Upload;

/// Writes batches into one Parquet file. Holds at most the options' row group bytes plus one value; see
/// [#bytesHeld()]. Confined to one thread. Closing it before [#finish()] discards the file.
public final class DataFileWriter implements AutoCloseable {
    public DataFileWriter(Schema schema, Upload out, WriteOptions options) {
        throw new UnsupportedOperationException(schema.toString() + out + options);
    }

    /// Appends all rows of a batch, which stays the caller's.
    public void write(Batch batch) {
        throw new UnsupportedOperationException(batch.toString());
    }

    /// Writes the footer and makes the file visible and durable.
    public FileSummary finish() {
        throw new UnsupportedOperationException();
    }

    /// Memory held for rows that are not yet written to the upload.
    public long bytesHeld() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
