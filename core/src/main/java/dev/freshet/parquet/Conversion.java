package dev.freshet.parquet;

import dev.freshet.batch.Vector;
import org.apache.parquet.column.ColumnReader;

/// Copies the current value of a column into a vector, converting it on the way.
@FunctionalInterface
interface Conversion {
    void copy(ColumnReader in, Vector out);
}
