package dev.freshet.table;

import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a table looks like: its columns, which of them it is partitioned by, and properties. A commit that
/// changes the shape of an existing table keeps the table's id and the properties not named here.
public record TableShape(Schema schema, List<String> partitionColumns, Map<String, String> properties) {
    public TableShape {
        partitionColumns = List.copyOf(partitionColumns);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        List<String> names = schema.columns().stream().map(Column::name).toList();
        if (!names.containsAll(partitionColumns)) {
            throw new IllegalArgumentException("partition columns " + partitionColumns + " are not all among " + names);
        }
    }

    /// Without partitions or properties.
    public static TableShape of(Schema schema) {
        return new TableShape(schema, List.of(), Map.of());
    }
}
