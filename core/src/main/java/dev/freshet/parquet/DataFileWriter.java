package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.host.Host;
import dev.freshet.store.StoreException;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;

/// Writes batches into one Parquet file. Holds at most the options' row group bytes plus one value; see
/// [#bytesHeld()]. Confined to one thread, though several may encode columns while it waits. Closing it before
/// [#finish()] discards the file. Throws [StoreException] when the store fails; the file is then good for nothing
/// but [#close()].
public final class DataFileWriter implements AutoCloseable {
    /// Each thread takes room of its own out of the row group's: at most a quarter of this.
    private static final long THREAD_BYTES = 4 << 20;

    private final Schema schema;
    private final Upload upload;
    private final UploadFile out;
    private final Codecs codecs;
    private final FileEncoder encoder;
    private long rows;
    private boolean closed;

    /// Encodes on the caller's thread, however many the options name.
    ///
    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table, see
    ///     [Column#nameFault][dev.freshet.batch.Column#nameFault]
    public DataFileWriter(Schema schema, Upload upload, WriteOptions options) {
        Codecs codecs = new Codecs(options.level());
        this(schema, upload, options, codecs, new Crew.Alone(space(codecs, options)));
    }

    /// Encodes on as many threads as the options name, the caller's and others of the host; on fewer where row groups
    /// are small.
    ///
    /// @throws IllegalArgumentException if a column's name is not allowed in a Delta table
    public DataFileWriter(Schema schema, Upload upload, WriteOptions options, Host host) {
        Codecs codecs = new Codecs(options.level());
        this(schema, upload, options, codecs, crew(codecs, options, host));
    }

    private DataFileWriter(Schema schema, Upload upload, WriteOptions options, Codecs codecs, Crew crew) {
        this.schema = schema;
        this.upload = upload;
        this.out = new UploadFile(upload);
        this.codecs = codecs;
        this.encoder = encoder(schema, out, options, codecs, crew);
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

    private static FileEncoder encoder(Schema schema, UploadFile out, WriteOptions options, Codecs codecs, Crew crew) {
        try {
            return switch (options.encoder()) {
                case FRESHET -> new ColumnEncoder(schema, out, options, crew);
                case PARQUET_JAVA -> new ParquetJavaEncoder(schema, out, options, codecs);
            };
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
            encoder.write(batch);
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
        try {
            encoder.finish();
            upload.finish();
        } catch (IOException e) {
            throw failed(e);
        }
        close();
        return new FileSummary(rows, out.position(), encoder.statistics());
    }

    /// Bytes of the file so far, without the rows that are held.
    public long bytesWritten() {
        return out.position();
    }

    /// Memory held for rows that are not yet written to the upload.
    public long bytesHeld() {
        return encoder.bytesHeld();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (upload;
                encoder) {
            codecs.release();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(IOException cause) {
        return StoreException.unknown("a data file could not be written: " + cause, cause);
    }
}
