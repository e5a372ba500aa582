package dev.freshet.batch;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.util.regex.Pattern;

/// Reads the names of types.
final class TypeNames {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.+)>");

    private TypeNames() {}

    static ColumnType parse(String name) {
        for (Simple type : Simple.values()) {
            if (type.deltaName().equals(name)) {
                return type;
            }
        }
        return parseParameters(name);
    }

    private static ColumnType parseParameters(String name) {
        var decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        var array = ARRAY.matcher(name);
        if (array.matches()) {
            return new Array(parse(array.group(1)));
        }
        throw new IllegalArgumentException("'" + name + "' is not a column type");
    }
}
