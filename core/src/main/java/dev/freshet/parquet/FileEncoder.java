package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import java.io.IOException;
import java.util.List;

/// Encodes the rows of one file. Closing it gives its memory back, and writes nothing.
sealed interface FileEncoder extends AutoCloseable permits ColumnEncoder, ParquetJavaEncoder {
    void write(Batch batch) throws IOException;

    /// Writes what is held, and the footer.
    void finish() throws IOException;

    /// Memory held for rows that are not yet written.
    long bytesHeld();

    /// What the finished file holds, column by column.
    List<ColumnStatistics> statistics();

    @Override
    void close() throws IOException;
}
