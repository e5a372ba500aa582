package dev.freshet.parquet;

import dev.freshet.batch.Batch;

/// One row of a batch.
record BatchRow(Batch batch, int row) {}
