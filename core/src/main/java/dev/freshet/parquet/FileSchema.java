package dev.freshet.parquet;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Schema;
import java.util.ArrayList;
import java.util.List;

/// Our schemas in a file's footer: the same as [ParquetTypes#message].
final class FileSchema {
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;
    // The format's converted types, for readers that know no logical ones.
    private static final int UTF8 = 0;
    private static final int CONVERTED_LIST = 3;
    private static final int CONVERTED_DECIMAL = 5;
    private static final int CONVERTED_DATE = 6;
    private static final int TIMESTAMP_MICROS = 10;
    private static final int INT_8 = 15;
    private static final int INT_16 = 16;
    // The fields of an element, and of its logical type.
    private static final int CONVERTED = 6;
    private static final int LOGICAL = 10;
    private static final int STRING = 1;
    private static final int LIST = 3;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP = 8;
    private static final int INTEGER = 10;
    private static final int MICROS = 2;

    private final CompactWriter out;

    private FileSchema(CompactWriter out) {
        this.out = out;
    }

    /// The names that lead to a column's values.
    static List<String> path(Column column) {
        List<String> path = new ArrayList<>(List.of(column.name()));
        for (ColumnType type = column.type(); type instanceof Array array; type = array.element()) {
            path.addAll(List.of("list", "element"));
        }
        return path;
    }

    /// Writes the list of elements, depth first.
    static void write(int field, Schema schema, CompactWriter out) {
        out.list(
                field,
                CompactWriter.STRUCT,
                1
                        + schema.columns().stream()
                                .mapToInt(column -> elements(column.type()))
                                .sum());
        out.begin();
        out.text(4, ParquetTypes.ROOT);
        out.number(5, schema.size());
        out.end();
        FileSchema writer = new FileSchema(out);
        schema.columns().forEach(column -> writer.field(column.name(), column.type(), column.nullable()));
    }

    private static int elements(ColumnType type) {
        return type instanceof Array array ? 2 + elements(array.element()) : 1;
    }

    private void field(String name, ColumnType type, boolean nullable) {
        int repetition = nullable ? OPTIONAL : REQUIRED;
        if (type instanceof Array array) {
            list(name, array, repetition);
        } else {
            leaf(name, type, repetition);
        }
    }

    /// The standard list of three levels.
    private void list(String name, Array array, int repetition) {
        group(name, repetition);
        out.number(CONVERTED, CONVERTED_LIST);
        out.begin(LOGICAL);
        out.empty(LIST);
        out.end();
        out.end();
        group("list", REPEATED);
        out.end();
        field("element", array.element(), true);
    }

    private void group(String name, int repetition) {
        out.begin();
        out.number(3, repetition);
        out.text(4, name);
        out.number(5, 1);
    }

    private void leaf(String name, ColumnType type, int repetition) {
        Physical physical = Physical.of(type);
        out.begin();
        out.number(1, physical.number());
        if (physical == Physical.FIXED_LEN_BYTE_ARRAY) {
            out.number(2, ParquetTypes.fixedBytes((Decimal) type));
        }
        out.number(3, repetition);
        out.text(4, name);
        if (type instanceof Decimal decimal) {
            decimal(decimal);
        } else if (type instanceof Simple simple) {
            simple(simple);
        }
        out.end();
    }

    private void simple(Simple type) {
        switch (type) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BINARY -> {}
            case BYTE -> integer(INT_8, Byte.SIZE);
            case SHORT -> integer(INT_16, Short.SIZE);
            case STRING -> {
                out.number(CONVERTED, UTF8);
                logical(STRING);
            }
            case DATE -> {
                out.number(CONVERTED, CONVERTED_DATE);
                logical(DATE);
            }
            case TIMESTAMP -> {
                out.number(CONVERTED, TIMESTAMP_MICROS);
                timestamp(true);
            }
            case TIMESTAMP_NTZ -> timestamp(false);
        }
    }

    private void logical(int kind) {
        out.begin(LOGICAL);
        out.empty(kind);
        out.end();
    }

    private void integer(int converted, int bits) {
        out.number(CONVERTED, converted);
        out.begin(LOGICAL);
        out.begin(INTEGER);
        out.tiny(1, bits);
        out.flag(2, true);
        out.end();
        out.end();
    }

    private void timestamp(boolean utc) {
        out.begin(LOGICAL);
        out.begin(TIMESTAMP);
        out.flag(1, utc);
        out.begin(2);
        out.empty(MICROS);
        out.end();
        out.end();
        out.end();
    }

    private void decimal(Decimal type) {
        out.number(CONVERTED, CONVERTED_DECIMAL);
        out.number(7, type.scale());
        out.number(8, type.precision());
        out.begin(LOGICAL);
        out.begin(DECIMAL);
        out.number(1, type.scale());
        out.number(2, type.precision());
        out.end();
        out.end();
    }
}
