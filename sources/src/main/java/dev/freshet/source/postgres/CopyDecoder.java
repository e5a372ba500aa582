package dev.freshet.source.postgres;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.Vector;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.Misfit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Decodes `COPY … (FORMAT binary)` into batches. It takes bytes in any portions, whole rows of them at a time,
/// from whatever brings them. Confined to one thread.
final class CopyDecoder {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00FF\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EXTENSION_AT = SIGNATURE.length + Integer.BYTES;

    /// Flags from this bit on change the format.
    private static final int CRITICAL_FLAGS_FROM = 16;

    private static final int HEADER = EXTENSION_AT + Integer.BYTES;

    /// In the place of a row's number of fields, and of a field's length.
    private static final int END = -1;

    private static final int NULL = -1;

    private final String table;
    private final Column[] columns;
    private final Cell[] cells;
    private final BatchSink sink;
    private final Vector[] vectors;
    private final int maxRows;
    private final long maxBytes;
    private Batch batch;
    private int batchRows;
    private long batchBytes;
    private long rows;
    private boolean begun;
    private boolean ended;

    CopyDecoder(String table, List<ColumnPlan> plans, BatchSink sink) throws InterruptedException {
        this.table = table;
        this.columns = plans.stream().map(ColumnPlan::column).toArray(Column[]::new);
        this.cells = plans.stream().map(ColumnPlan::cell).toArray(Cell[]::new);
        this.sink = sink;
        this.vectors = new Vector[columns.length];
        this.maxRows = sink.maxRows();
        this.maxBytes = sink.maxBytes();
        this.batch = begin();
    }

    /// Rows decoded so far.
    long rows() {
        return rows;
    }

    /// Decodes the complete rows in `data[from]` up to `data[to]`, and returns where the first incomplete one
    /// begins.
    int decode(byte[] data, int from, int to) throws InterruptedException {
        int at = begun ? from : header(data, from, to);
        while (begun && !ended) {
            int end = rowEnd(data, at, to);
            if (end < 0) {
                return at;
            }
            if (BinaryCells.int2(data, at) < 0) {
                ended = true;
            } else {
                row(data, at);
                batchRows++;
                batchBytes += end - at;
                if (batchRows >= maxRows || batchBytes >= maxBytes) {
                    handOver();
                }
            }
            at = end;
        }
        return ended ? to : at;
    }

    /// Hands over what is left.
    void end() throws InterruptedException {
        if (!ended) {
            throw new FreshetException(
                    ErrorCode.SOURCE_FAILED, "%s: the rows broke off after %d".formatted(table, rows));
        }
        if (batchRows > 0) {
            sink.give(batch);
        }
    }

    private int header(byte[] data, int from, int to) {
        int known = Math.min(to - from, SIGNATURE.length);
        if (!Arrays.equals(data, from, from + known, SIGNATURE, 0, known)) {
            throw unreadable();
        }
        if (to - from < HEADER) {
            return from;
        }
        int extension = BinaryCells.int4(data, from + EXTENSION_AT);
        if (extension < 0 || BinaryCells.int4(data, from + SIGNATURE.length) >>> CRITICAL_FLAGS_FROM != 0) {
            throw unreadable();
        }
        if (to - from - HEADER < extension) {
            return from;
        }
        begun = true;
        return from + HEADER + extension;
    }

    /// Where the row ends, or -1 if that is not before `to`.
    private int rowEnd(byte[] data, int from, int to) {
        if (to - from < Short.BYTES) {
            return -1;
        }
        int fields = BinaryCells.int2(data, from);
        if (fields != cells.length && fields != END) {
            throw unreadable();
        }
        int at = from + Short.BYTES;
        for (int i = 0; i < fields; i++) {
            if (to - at < Integer.BYTES) {
                return -1;
            }
            int length = BinaryCells.int4(data, at);
            at += Integer.BYTES;
            if (length > to - at) {
                return -1;
            }
            if (length >= 0) {
                at += length;
            } else if (length != NULL) {
                throw unreadable();
            }
        }
        return at;
    }

    private void row(byte[] data, int from) {
        int at = from + Short.BYTES;
        for (int i = 0; i < cells.length; i++) {
            int length = BinaryCells.int4(data, at);
            at += Integer.BYTES;
            try {
                field(data, at, length, i);
            } catch (Misfit misfit) {
                throw misfit.in(table, columns[i], rows + 1);
            }
            at += Math.max(length, 0);
        }
        rows++;
    }

    private FreshetException unreadable() {
        return new FreshetException(
                ErrorCode.SOURCE_FAILED,
                "%s: what the database sends for row %d is not COPY's binary format".formatted(table, rows + 1));
    }

    private void field(byte[] data, int at, int length, int column) {
        if (length >= 0) {
            cells[column].read(data, at, length, vectors[column]);
        } else if (columns[column].nullable()) {
            vectors[column].appendNull();
        } else {
            throw new Misfit("null", "the column is NOT NULL");
        }
    }

    private void handOver() throws InterruptedException {
        sink.give(batch);
        batch = begin();
        batchRows = 0;
        batchBytes = 0;
    }

    private Batch begin() throws InterruptedException {
        Batch begun = sink.take();
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = begun.column(i);
        }
        return begun;
    }
}
