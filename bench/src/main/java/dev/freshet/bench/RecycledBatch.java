package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.ingest.BatchSink;
import java.util.function.Consumer;

/// Takes the same batch back again and again, once somebody has seen it.
final class RecycledBatch implements BatchSink {
    private static final int MAX_ROWS = 16 << 10;

    private final Batch batch;
    private final Consumer<Batch> seen;

    RecycledBatch(Schema schema, Consumer<Batch> seen) {
        this.batch = new Batch(schema);
        this.seen = seen;
    }

    @Override
    public Batch take() {
        batch.clear();
        return batch;
    }

    @Override
    public void give(Batch full) {
        seen.accept(full);
    }

    @Override
    public int maxRows() {
        return MAX_ROWS;
    }

    @Override
    public long maxBytes() {
        return Long.MAX_VALUE;
    }
}
