package dev.freshet.query;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.util.List;
import java.util.stream.Collectors;

/// Pieces of DuckDB's SQL.
final class Sql {
    private Sql() {}

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String texts(List<String> texts) {
        return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
    }

    static String type(ColumnType type) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> "BOOLEAN";
                    case BYTE -> "TINYINT";
                    case SHORT -> "SMALLINT";
                    case INT -> "INTEGER";
                    case LONG -> "BIGINT";
                    case FLOAT -> "FLOAT";
                    case DOUBLE -> "DOUBLE";
                    case STRING -> "VARCHAR";
                    case BINARY -> "BLOB";
                    case DATE -> "DATE";
                    case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
                    case TIMESTAMP_NTZ -> "TIMESTAMP";
                };
            case Decimal decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case Array array -> type(array.element()) + "[]";
        };
    }
}
