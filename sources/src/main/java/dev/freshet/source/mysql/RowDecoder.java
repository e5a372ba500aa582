package dev.freshet.source.mysql;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.Misfit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes rows, each value of which is bytes as the server printed them, into batches. Confined to one thread.
final class RowDecoder {
    private final String table;
    private final Column[] columns;
    private final Cell[] cells;
    private final BatchSink sink;
    private Batch batch;
    private long batchBytes;
    private long rows;

    RowDecoder(String table, List<ColumnPlan> plans, BatchSink sink) throws InterruptedException {
        this.table = table;
        this.columns = plans.stream().map(ColumnPlan::column).toArray(Column[]::new);
        this.cells = plans.stream().map(ColumnPlan::cell).toArray(Cell[]::new);
        this.sink = sink;
        this.batch = sink.take();
    }

    /// Rows decoded so far.
    long rows() {
        return rows;
    }

    void decode(ResultSet source) throws SQLException, InterruptedException {
        while (source.next()) {
            for (int i = 0; i < cells.length; i++) {
                value(source.getBytes(i + 1), i);
            }
            rows++;
            if (batch.rows() >= sink.maxRows() || batchBytes >= sink.maxBytes()) {
                sink.give(batch);
                batch = sink.take();
                batchBytes = 0;
            }
        }
        if (batch.rows() > 0) {
            sink.give(batch);
        }
    }

    private void value(byte @Nullable [] value, int column) {
        batchBytes += Long.BYTES;
        try {
            if (value != null) {
                batchBytes += value.length;
                cells[column].read(value, 0, value.length, batch.column(column));
            } else if (columns[column].nullable()) {
                batch.column(column).appendNull();
            } else {
                throw new Misfit("null", "the column is NOT NULL");
            }
        } catch (Misfit misfit) {
            throw misfit.in(table, columns[column], rows + 1);
        }
    }
}
