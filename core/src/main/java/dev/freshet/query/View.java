package dev.freshet.query;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table under the name that a statement uses, as a DuckDB view. Every column has exactly its schema's type,
/// whatever its files hold; those that a file lacks are null.
///
/// @param definition see [QueryTable]
record View(TableName name, TableFiles table, @Nullable String definition) {
    /// No column of a Delta table can have a name like this one.
    private static final String FILE = "the file";

    /// A SELECT of everything in the files, as it is there.
    String files() {
        return "SELECT * FROM read_parquet(%s, union_by_name = true, hive_partitioning = false%s)"
                .formatted(Sql.texts(patterns()), table.isPartitioned() ? ", filename = " + Sql.text(FILE) : "");
    }

    /// The files' paths, without a meaning of their characters as patterns.
    List<String> patterns() {
        return table.paths().stream()
                .map(path -> path.replaceAll("[\\[*?]", "[$0]"))
                .toList();
    }

    /// @param found DuckDB's types of the columns in the files, by lower-case name
    String create(Map<String, String> found) {
        String rows =
                definition == null ? select(found) : definition.replace(QueryTable.ROWS, "(" + select(found) + ")");
        return "CREATE VIEW " + name.sql() + " AS " + rows;
    }

    private String select(Map<String, String> found) {
        String columns = table.schema().columns().stream()
                .map(column -> expression(column, found) + " AS " + Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
        if (table.files().isEmpty()) {
            return "SELECT " + columns + " WHERE false";
        }
        String join = table.isPartitioned() ? " JOIN " + partitions() : "";
        return "SELECT " + columns + " FROM (" + files() + ") AS f" + join;
    }

    private String expression(Column column, Map<String, String> found) {
        String type = Sql.type(column.type());
        if (table.files().isEmpty()) {
            return "CAST(NULL AS " + type + ")";
        }
        if (table.partitionColumns().contains(column.name())) {
            return "CAST(p." + Sql.identifier(column.name()) + " AS " + type + ")";
        }
        String stored = found.get(column.name().toLowerCase(Locale.ROOT));
        String value = stored == null ? "NULL" : "f." + Sql.identifier(column.name());
        boolean rawText = column.type().equals(ColumnType.STRING) && "BLOB".equals(stored);
        return rawText ? "decode(" + value + ")" : "CAST(" + value + " AS " + type + ")";
    }

    /// The partition values of each file.
    private String partitions() {
        String rows = table.files().stream().map(this::partition).collect(Collectors.joining(", "));
        String names = table.partitionColumns().stream().map(Sql::identifier).collect(Collectors.joining(", "));
        return "(VALUES %s) AS p(%s, %s) ON f.%s = p.%s"
                .formatted(rows, Sql.identifier(FILE), names, Sql.identifier(FILE), Sql.identifier(FILE));
    }

    private String partition(TableFiles.File file) {
        List<String> values = table.partitionColumns().stream()
                .map(column -> file.partition().get(column))
                .map(value -> value == null ? "CAST(NULL AS VARCHAR)" : Sql.text(value))
                .toList();
        return "(" + Sql.text(file.path()) + ", " + String.join(", ", values) + ")";
    }
}
