package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;

/// Reads a Parquet file, ours or anyone's, through ranged reads of a store. Columns are found by name; one that
/// the file lacks is null in every row; a narrower type is widened. Holds one compressed row group. Confined to
/// one thread. Throws [StoreException] when the store fails, and [FreshetException] with `CORRUPT` or
/// `UNSUPPORTED` for the file.
public final class DataFileReader implements AutoCloseable {
    private static final int BATCH_ROWS = 8192;
    private static final long BATCH_BYTES = 4L << 20;
    /// Rows between two looks at the batch's size.
    private static final int STEP = 64;

    private final String key;
    private final Schema wanted;
    private final ParquetFileReader file;
    private final FileColumns columns;
    private List<FieldReader> readers = List.of();
    private long rowsLeft;

    /// Opens a file whose size the store is asked for.
    public DataFileReader(Store store, String key, Schema wanted) {
        this(store, key, size(store, key), wanted);
    }

    /// @param size of the file in bytes
    public DataFileReader(Store store, String key, long size, Schema wanted) {
        this.key = key;
        this.wanted = wanted;
        this.file = open(store, key, size);
        this.columns = new FileColumns(key, wanted, file.getFileMetaData().getSchema());
        file.setRequestedSchema(columns.requested());
    }

    /// Rows in the whole file.
    public long rows() {
        return file.getRecordCount();
    }

    /// Clears the batch and fills it with the next rows; false, and none, at the end of the file.
    ///
    /// @param into has the wanted schema
    public boolean read(Batch into) {
        if (!into.schema().equals(wanted)) {
            throw new IllegalArgumentException("a batch of another schema: " + into.schema());
        }
        into.clear();
        try {
            if (rowsLeft == 0 && !nextGroup()) {
                return false;
            }
            fill(into);
            return true;
        } catch (IOException | ParquetRuntimeException | ArithmeticException e) {
            throw unreadable(key, e);
        }
    }

    private void fill(Batch into) {
        while (rowsLeft > 0 && into.rows() < BATCH_ROWS && into.usedBytes() < BATCH_BYTES) {
            int rows = (int) Math.min(STEP, rowsLeft);
            for (int column = 0; column < readers.size(); column++) {
                read(readers.get(column), into, column, rows);
            }
            rowsLeft -= rows;
        }
    }

    private static void read(FieldReader reader, Batch into, int column, int rows) {
        for (int i = 0; i < rows; i++) {
            reader.read(into.column(column));
        }
    }

    private boolean nextGroup() throws IOException {
        PageReadStore group = file.readNextRowGroup();
        if (group == null) {
            return false;
        }
        rowsLeft = group.getRowCount();
        readers = columns.open(new ColumnReadStoreImpl(
                group,
                new NoConverter(),
                columns.requested(),
                file.getFileMetaData().getCreatedBy()));
        return true;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private static long size(Store store, String key) {
        return store.stat(key)
                .orElseThrow(() -> new MissingObjectException(key, "there is no " + key + " in the lake", null))
                .size();
    }

    private static ParquetFileReader open(Store store, String key, long size) {
        var options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs(WriteOptions.defaults().level()))
                .usePageChecksumVerification()
                .build();
        try {
            return ParquetFileReader.open(new StoreFile(store, key, size), options);
        } catch (IOException | RuntimeException e) {
            throw unreadable(key, e);
        }
    }

    private static FreshetException unreadable(String key, Exception cause) {
        if (cause instanceof FreshetException ours) {
            return ours;
        }
        return new FreshetException(
                ErrorCode.CORRUPT, "the data file " + key + " cannot be read: " + cause.getMessage(), cause);
    }
}
