package dev.freshet.source.mysql;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.IntVector;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.Mended;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.TableRequest;
import dev.freshet.ingest.TextCells;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides how each column of a table arrives. docs/types.md is the user's view of these rules.
final class ColumnPlans {
    private static final Cell TEXT = TextCells.of(ColumnType.STRING);
    private static final Cell LOCAL = TextCells.of(ColumnType.TIMESTAMP_NTZ);
    private static final Cell BIT = (data, offset, length, into) -> ((IntVector) into).append(data[offset]);

    private ColumnPlans() {}

    static List<ColumnPlan> of(List<MySqlColumn> columns, TableRequest request) {
        return columns.stream()
                .map(column -> plan(column, request.columns().get(column.name()), request.mended()))
                .toList();
    }

    private static ColumnPlan plan(MySqlColumn column, @Nullable ColumnPolicy policy, Mended mended) {
        return policy == null ? natural(column) : asked(column, policy).mending(policy, mended);
    }

    private static ColumnPlan asked(MySqlColumn column, ColumnPolicy policy) {
        ColumnPlan natural = natural(column);
        ColumnType type = natural.column().type();
        if (policy.as().equals(type)) {
            return natural;
        }
        if (policy.as().equals(ColumnType.BINARY) && type.equals(ColumnType.STRING)) {
            return plan(column, ColumnType.BINARY, natural.expression(), TEXT);
        }
        boolean bytes = type.equals(ColumnType.BINARY) && !bits(column);
        Cell cell = policy.as().equals(ColumnType.STRING)
                ? (bytes ? TextCells.checkedText() : TEXT)
                : TextCells.of(policy.as());
        return plan(column, policy.as(), bytes ? column.quoted() : printed(column, policy.as()), cell);
    }

    /// The text of a value. Bits print as bits, or as the number that they are if a number is asked for.
    private static String printed(MySqlColumn column, ColumnType as) {
        if (bits(column)) {
            return as.equals(ColumnType.STRING)
                    ? "LPAD(BIN(%s + 0), %d, '0')".formatted(column.quoted(), column.length())
                    : "CAST(%s + 0 AS CHAR)".formatted(column.quoted());
        }
        return natural(column).expression();
    }

    private static boolean bits(MySqlColumn column) {
        return column.dataType().equals("bit");
    }

    private static ColumnPlan natural(MySqlColumn column) {
        return switch (column.dataType()) {
            case "tinyint" -> number(column, column.unsigned() ? ColumnType.SHORT : ColumnType.BYTE);
            case "smallint" -> number(column, column.unsigned() ? ColumnType.INT : ColumnType.SHORT);
            case "mediumint" -> number(column, ColumnType.INT);
            case "int", "integer" -> number(column, column.unsigned() ? ColumnType.LONG : ColumnType.INT);
            case "bigint" -> number(column, column.unsigned() ? new ColumnType.Decimal(20, 0) : ColumnType.LONG);
            case "decimal", "numeric" -> decimal(column);
            case "float" -> real(column, ColumnType.FLOAT);
            case "double" -> real(column, ColumnType.DOUBLE);
            case "year" -> number(column, ColumnType.SHORT);
            case "date" -> cast(column, ColumnType.DATE, TextCells.of(ColumnType.DATE));
            case "datetime" -> cast(column, ColumnType.TIMESTAMP_NTZ, LOCAL);
            case "timestamp" -> cast(column, ColumnType.TIMESTAMP, LOCAL);
            case "bit" ->
                column.length() == 1
                        ? plan(column, ColumnType.BOOLEAN, column.quoted(), BIT)
                        : plan(column, ColumnType.BINARY, column.quoted(), TEXT);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" ->
                plan(column, ColumnType.BINARY, column.quoted(), TEXT);
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
                plan(column, ColumnType.STRING, column.quoted(), TEXT);
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" ->
                plan(column, ColumnType.STRING, "ST_AsText(%s)".formatted(column.quoted()), TEXT);
            default -> cast(column, ColumnType.STRING, TEXT); // json, time, uuid, inet6 and whatever else there is
        };
    }

    private static ColumnPlan decimal(MySqlColumn column) {
        return column.precision() > ColumnType.Decimal.MAX_PRECISION
                ? cast(column, ColumnType.STRING, TEXT)
                : number(column, new ColumnType.Decimal(column.precision(), column.scale()));
    }

    private static ColumnPlan number(MySqlColumn column, ColumnType type) {
        return cast(column, type, TextCells.of(type));
    }

    /// The server prints a float with six digits and a `double(10,2)` with two; a product with a double has
    /// them all.
    private static ColumnPlan real(MySqlColumn column, ColumnType type) {
        String expression = "CAST(%s * 1e0 AS CHAR)".formatted(column.quoted());
        return plan(column, type, expression, TextCells.of(type));
    }

    private static ColumnPlan cast(MySqlColumn column, ColumnType type, Cell cell) {
        return plan(column, type, "CAST(%s AS CHAR)".formatted(column.quoted()), cell);
    }

    private static ColumnPlan plan(MySqlColumn column, ColumnType type, String expression, Cell cell) {
        Column planned = new Column(
                column.name(), type, column.nullable(), SourceColumns.metadata(column.columnType(), column.comment()));
        return new ColumnPlan(planned, expression, cell);
    }
}
