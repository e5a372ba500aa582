package dev.freshet.source.mysql;

import dev.freshet.batch.Column;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.Mended;

/// How a column is read: what it is in the dataset, what is selected for it, and what reads that.
record ColumnPlan(Column column, String expression, Cell cell) {
    /// The same with values that do not fit made to fit as a policy says.
    ColumnPlan mending(ColumnPolicy policy, Mended mended) {
        boolean nullable = column.nullable() || policy.makesNulls();
        return new ColumnPlan(
                new Column(column.name(), column.type(), nullable, column.metadata()),
                expression,
                mended.cell(column.name(), policy, cell));
    }
}
