package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What to read from a source: a table's name as the definition writes it, how some columns are to arrive, the order of
/// the rows, empty for any, and where values are counted that were made to fit.
public record TableRequest(String table, Map<String, ColumnPolicy> columns, List<OrderColumn> orderBy, Mended mended) {
    public TableRequest {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        orderBy = List.copyOf(orderBy);
    }

    public TableRequest(String table, Map<String, ColumnPolicy> columns, List<OrderColumn> orderBy) {
        this(table, columns, orderBy, new Mended());
    }

    /// The whole table, every column as its type says, in any order.
    public static TableRequest of(String table) {
        return new TableRequest(table, Map.of(), List.of());
    }

    /// The same request with every column named as the table names it: case is forgiven where that is not
    /// ambiguous.
    ///
    /// @throws FreshetException `BAD_DEFINITION` for a column that the table does not have
    public TableRequest in(String foundTable, List<String> foundColumns) {
        Map<String, ColumnPolicy> policies = new LinkedHashMap<>();
        columns.forEach((name, policy) -> policies.put(find("columns", name, foundTable, foundColumns), policy));
        List<OrderColumn> order = orderBy.stream()
                .map(column ->
                        new OrderColumn(find("order_by", column.name(), foundTable, foundColumns), column.descending()))
                .toList();
        return new TableRequest(foundTable, policies, order, mended);
    }

    private static String find(String key, String name, String table, List<String> columns) {
        if (columns.contains(name)) {
            return name;
        }
        List<String> alike = columns.stream().filter(name::equalsIgnoreCase).toList();
        if (alike.size() != 1) {
            throw new FreshetException(
                    ErrorCode.BAD_DEFINITION,
                    "%s: %s has no column '%s'%s".formatted(key, table, name, Nearest.hint(name, columns)));
        }
        return alike.getFirst();
    }
}
