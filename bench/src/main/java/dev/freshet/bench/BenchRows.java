package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.batch.TypicalRows;
import java.util.ArrayList;
import java.util.List;

/// The rows that the JMH benchmarks work on: two whole tables, and single columns of them that are each encoded in
/// another way.
final class BenchRows {
    static final int ROWS = 1 << 16;

    private BenchRows() {}

    static List<Batch> of(String table) {
        return switch (table) {
            case "lineitem" -> TypicalRows.lineItems(ROWS);
            case "wide" -> TypicalRows.wide(ROWS);
            case "keys" -> column(TypicalRows.lineItems(ROWS), "orderkey");
            case "flags" -> column(TypicalRows.lineItems(ROWS), "returnflag");
            case "comments" -> column(TypicalRows.lineItems(ROWS), "comment");
            case "doubles" -> column(TypicalRows.wide(ROWS), "ratio");
            case "lists" -> column(TypicalRows.wide(ROWS), "numbers");
            default -> throw new IllegalArgumentException("no table " + table);
        };
    }

    private static List<Batch> column(List<Batch> batches, String name) {
        List<Column> columns = batches.getFirst().schema().columns();
        int index = columns.stream().map(Column::name).toList().indexOf(name);
        Schema schema = Schema.of(columns.get(index));
        List<Batch> narrow = new ArrayList<>();
        for (Batch batch : batches) {
            Batch values = new Batch(schema);
            for (int row = 0; row < batch.rows(); row++) {
                values.appendRow(batch.value(index, row));
            }
            narrow.add(values);
        }
        return narrow;
    }
}
