package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads data files with DuckDB.
final class DuckFiles {
    private DuckFiles() {}

    static String select(Path file) {
        return "SELECT * FROM read_parquet('" + file + "')";
    }

    static List<List<@Nullable Object>> read(Path file, Schema schema) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            return read(duck, file, schema);
        }
    }

    static List<List<@Nullable Object>> read(Connection duck, Path file, Schema schema) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(select(file))) {
            while (result.next()) {
                @Nullable Object[] row = new Object[schema.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = value(result.getObject(i + 1), schema.column(i).type());
                }
                rows.add(Plain.row(row));
            }
        }
        return rows;
    }

    private static @Nullable Object value(@Nullable Object value, ColumnType type) throws SQLException {
        return switch (value) {
            case null -> null;
            case java.sql.Blob blob -> blob.getBytes(1, (int) blob.length());
            case java.time.OffsetDateTime time -> time.toInstant();
            case java.sql.Timestamp time -> time.toLocalDateTime();
            case java.sql.Array array -> list((Object[]) array.getArray(), ((Array) type).element());
            default -> value;
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements, ColumnType type) throws SQLException {
        @Nullable Object[] values = new Object[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(elements[i], type);
        }
        return Arrays.asList(values);
    }
}
