package dev.freshet.ingest;

import java.util.List;
import java.util.Map;

/// What to read from a source: a table's name as the definition writes it, how some columns are to arrive, and
/// the order of the rows, empty for any.
public record TableRequest(String table, Map<String, ColumnPolicy> columns, List<OrderColumn> orderBy) {
    public TableRequest {
        columns = Map.copyOf(columns);
        orderBy = List.copyOf(orderBy);
    }

    /// The whole table, every column as its type says, in any order.
    public static TableRequest of(String table) {
        return new TableRequest(table, Map.of(), List.of());
    }
}
