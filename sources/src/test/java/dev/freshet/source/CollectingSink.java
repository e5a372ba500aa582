package dev.freshet.source;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.ingest.BatchSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Keeps all rows as Java objects. A hook may look at, or stop, what happens after each batch.
public final class CollectingSink implements BatchSink {
    private final Schema schema;
    private final int maxRows;
    private final Runnable afterBatch;
    private final List<List<Object>> rows = new ArrayList<>();
    private Batch free;

    public CollectingSink(Schema schema) {
        this(schema, 1000, () -> {});
    }

    public CollectingSink(Schema schema, int maxRows, Runnable afterBatch) {
        this.schema = schema;
        this.maxRows = maxRows;
        this.afterBatch = afterBatch;
        this.free = new Batch(schema);
    }

    public List<List<Object>> rows() {
        return Collections.unmodifiableList(rows);
    }

    @Override
    public Batch take() {
        free.clear();
        return free;
    }

    @Override
    public void give(Batch full) {
        if (full.rows() > maxRows) {
            throw new AssertionError("a batch of " + full.rows() + " rows");
        }
        for (int row = 0; row < full.rows(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < schema.size(); column++) {
                values.add(full.value(column, row));
            }
            rows.add(values);
        }
        free = full;
        afterBatch.run();
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public long maxBytes() {
        return 8 << 20;
    }
}
