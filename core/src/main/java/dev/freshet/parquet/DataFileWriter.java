package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.store.StoreException;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Writes batches into one Parquet file. Holds at most the options' row group bytes plus one value; see
/// [#bytesHeld()]. Confined to one thread. Closing it before [#finish()] discards the file. Throws
/// [StoreException] when the store fails; the file is then good for nothing but [#close()].
public final class DataFileWriter implements AutoCloseable {
    /// Rows between two looks at the memory held, unless they are wide.
    private static final int SLICE_ROWS = 4096;

    private static final int SLICE_BYTES = 1 << 20;
    private static final int INDEX_BYTES = 64;

    private final Schema schema;
    private final Upload upload;
    private final UploadFile out;
    private final WriteOptions options;
    private final MessageType message;
    private final Codecs codecs;
    private final PageSpace space;
    private final ParquetFileWriter file;
    private final List<ChunkWriter> chunks;
    private @Nullable RowGroup group;
    private long rows;
    private boolean closed;

    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table, see
    ///     [Column#nameFault][dev.freshet.batch.Column#nameFault]
    public DataFileWriter(Schema schema, Upload upload, WriteOptions options) {
        this.schema = schema;
        this.upload = upload;
        this.out = new UploadFile(upload);
        this.options = options;
        this.message = ParquetTypes.message(schema);
        this.chunks = chunks(schema, message.getColumns(), options);
        this.codecs = new Codecs(options.level());
        this.space = new PageSpace(codecs.getCompressor(options.codec().parquet()));
        this.file = open(out, message, options);
    }

    private static List<ChunkWriter> chunks(Schema schema, List<ColumnDescriptor> leaves, WriteOptions options) {
        PageLimits limits = PageLimits.of(options, leaves.size());
        List<ChunkWriter> chunks = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            chunks.add(new ChunkWriter(schema.column(i), leaves.get(i), limits));
        }
        return List.copyOf(chunks);
    }

    private static ParquetFileWriter open(UploadFile out, MessageType message, WriteOptions options) {
        try {
            var writer = new ParquetFileWriter(
                    out,
                    message,
                    ParquetFileWriter.Mode.CREATE,
                    options.rowGroupBytes(),
                    0,
                    INDEX_BYTES,
                    Integer.MAX_VALUE,
                    true);
            writer.start();
            return writer;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Appends all rows of a batch, which stays the caller's.
    ///
    /// @throws IllegalArgumentException if the batch has another schema, columns of different lengths, or a null
    ///     in a column that has none
    public void write(Batch batch) {
        check(batch);
        try {
            int slice = sliceRows(batch);
            int row = 0;
            while (row < batch.rows()) {
                int end = (int) Math.min(Math.min(batch.rows(), row + slice), row + roomInGroup());
                writeSlice(batch, row, end);
                row = end;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void check(Batch batch) {
        if (!batch.schema().equals(schema)) {
            throw new IllegalArgumentException("a batch of another schema: " + batch.schema());
        }
        for (int i = 0; i < schema.size(); i++) {
            Vector column = batch.column(i);
            if (column.size() != batch.rows()) {
                throw new IllegalArgumentException("column '%s' of the batch has %d rows, the last one %d"
                        .formatted(schema.column(i).name(), column.size(), batch.rows()));
            }
        }
    }

    private static int sliceRows(Batch batch) {
        long rowBytes = batch.usedBytes() / Math.max(1, batch.rows()) + 1;
        return Math.clamp(SLICE_BYTES / rowBytes, 1, SLICE_ROWS);
    }

    private long roomInGroup() {
        return options.rowGroupRows() - (group == null ? 0 : group.rows());
    }

    private void writeSlice(Batch batch, int from, int to) throws IOException {
        if (group == null) {
            group = new RowGroup(chunks, message, space);
        }
        group.write(batch, from, to);
        rows += to - from;
        if (group.rows() >= options.rowGroupRows() || bytesHeld() >= options.rowGroupBytes()) {
            endGroup();
        }
    }

    private void endGroup() throws IOException {
        if (group != null) {
            group.writeTo(file);
            group.close();
            group = null;
        }
    }

    /// Writes the footer and makes the file visible and durable.
    public FileSummary finish() {
        try {
            endGroup();
            file.end(Map.of());
            upload.finish();
        } catch (IOException e) {
            throw failed(e);
        }
        close();
        return new FileSummary(
                rows,
                out.position(),
                chunks.stream().map(ChunkWriter::statistics).toList());
    }

    /// Bytes of the file so far, without the rows that are held.
    public long bytesWritten() {
        return out.position();
    }

    /// Memory held for rows that are not yet written to the upload.
    public long bytesHeld() {
        long sum = space.bytes() + (group == null ? 0 : group.bytes());
        for (ChunkWriter chunk : chunks) {
            sum += chunk.bytes();
        }
        return sum;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (upload;
                file) {
            if (group != null) {
                group.close();
            }
            space.release();
            codecs.release();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(IOException cause) {
        return StoreException.unknown("a data file could not be written: " + cause, cause);
    }
}
