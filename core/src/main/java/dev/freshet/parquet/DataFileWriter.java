package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.host.Host;
import dev.freshet.store.StoreException;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes batches into a Parquet file, and others into the next one, with the same memory. Holds at most the options'
/// row group bytes plus one value; see [#bytesHeld()]. Confined to one thread, though several may encode columns while
/// it waits. Closing it before [#finish()] discards the file. Throws [StoreException] when the store fails; the file is
/// then good for nothing but [#close()].
public final class DataFileWriter implements AutoCloseable {
    /// Each thread takes room of its own out of the row group's: at most a quarter of this.
    private static final long THREAD_BYTES = 4 << 20;

    private final Schema schema;
    private final WriteOptions options;
    private final Codecs codecs;
    private final Crew crew;
    private final List<ChunkWriter> columns;
    private @Nullable OpenFile file;
    private long rows;
    private boolean closed;

    /// Encodes on the caller's thread, however many the options name.
    ///
    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table, see
    ///     [Column#nameFault][dev.freshet.batch.Column#nameFault]
    public DataFileWriter(Schema schema, Upload upload, WriteOptions options) {
        Codecs codecs = new Codecs(options.level());
        this(schema, options, codecs, new Crew.Alone(space(codecs, options)));
        begin(upload);
    }

    /// Encodes on as many threads as the options name, the caller's and others of the host; on fewer where row groups
    /// are small.
    ///
    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table
    public DataFileWriter(Schema schema, Upload upload, WriteOptions options, Host host) {
        this(schema, options, host);
        begin(upload);
    }

    /// The same, for files that [#begin] begins.
    ///
    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table
    public DataFileWriter(Schema schema, WriteOptions options, Host host) {
        Codecs codecs = new Codecs(options.level());
        this(schema, options, codecs, crew(codecs, options, host));
    }

    private DataFileWriter(Schema schema, WriteOptions options, Codecs codecs, Crew crew) {
        this.schema = schema;
        this.options = options;
        this.codecs = codecs;
        this.crew = crew;
        this.columns = ColumnEncoder.columns(schema, options);
    }

    /// Where the batches go.
    private record OpenFile(Upload upload, UploadFile out, FileEncoder encoder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (upload) {
                encoder.close();
            }
        }
    }

    private static Crew crew(Codecs codecs, WriteOptions options, Host host) {
        long threads = Math.min(options.threads(), options.rowGroupBytes() / THREAD_BYTES);
        if (threads <= 1) {
            return new Crew.Alone(space(codecs, options));
        }
        return new Team(
                host,
                Stream.generate(() -> space(codecs, options)).limit(threads).toList());
    }

    private static PageSpace space(Codecs codecs, WriteOptions options) {
        return new PageSpace(codecs.getCompressor(options.codec().parquet()));
    }

    /// Begins a file; the one before is finished.
    public void begin(Upload upload) {
        UploadFile out = new UploadFile(upload);
        try {
            FileEncoder encoder = switch (options.encoder()) {
                case FRESHET -> new ColumnEncoder(schema, columns, out, options, crew);
                case PARQUET_JAVA -> new ParquetJavaEncoder(schema, out, options, codecs);
            };
            file = new OpenFile(upload, out, encoder);
            rows = 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private OpenFile open() {
        return Objects.requireNonNull(file, "no file has begun");
    }

    /// Appends all rows of a batch, which stays the caller's.
    ///
    /// @throws IllegalArgumentException if the batch has another schema, columns of different lengths, or a null
    ///     in a column that has none
    public void write(Batch batch) {
        check(batch);
        try {
            open().encoder.write(batch);
        } catch (IOException e) {
            throw failed(e);
        }
        rows += batch.rows();
    }

    private void check(Batch batch) {
        if (!Objects.equals(batch.schema(), schema)) {
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

    /// Writes the footer and makes the file visible and durable.
    public FileSummary finish() {
        OpenFile done = open();
        try {
            done.encoder.finish();
            done.upload.finish();
        } catch (IOException e) {
            throw failed(e);
        }
        return new FileSummary(rows, done.out.position(), done.encoder.statistics());
    }

    /// Bytes of the file so far, without the rows that are held.
    public long bytesWritten() {
        return open().out.position();
    }

    /// Memory held for rows that are not yet written to the upload.
    public long bytesHeld() {
        return open().encoder.bytesHeld();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (OpenFile _ = file) {
            codecs.release();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(IOException cause) {
        return StoreException.unknown("a data file could not be written: " + cause, cause);
    }
}
