package dev.freshet.source;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.ingest.BatchSink;

/// Forgets all rows.
final class BoundlessSink implements BatchSink {
    private final Batch batch;

    BoundlessSink(Schema schema) {
        batch = new Batch(schema);
    }

    @Override
    public Batch take() {
        batch.clear();
        return batch;
    }

    @Override
    public void give(Batch full) {
        if (full != batch) {
            throw new AssertionError("another batch came back");
        }
    }

    @Override
    public int maxRows() {
        return 10_000;
    }

    @Override
    public long maxBytes() {
        return 1 << 20;
    }
}
