package dev.freshet.source.mysql;

import dev.freshet.batch.Column;
import dev.freshet.ingest.Cell;

/// How a column is read: what it is in the dataset, what is selected for it, and what reads that.
record ColumnPlan(Column column, String expression, Cell cell) {}
