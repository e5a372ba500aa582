package dev.freshet.source.mysql;

import java.util.Locale;

/// A column as `information_schema` knows it: `dataType` is the bare name of the type, `columnType` all of it,
/// such as `int(10) unsigned`; precision and scale are those of a decimal.
record MySqlColumn(
        String name, String dataType, String columnType, int precision, int scale, boolean nullable, String comment) {
    MySqlColumn {
        dataType = dataType.toLowerCase(Locale.ROOT);
    }

    boolean unsigned() {
        return columnType.contains("unsigned");
    }

    boolean integer() {
        return dataType.endsWith("int") || dataType.equals("integer");
    }

    /// The number in the type's parentheses: 5 for `bit(5)`.
    int length() {
        String digits = columnType.replaceAll("^[^(]*\\(([0-9]+).*$", "$1");
        return digits.matches("[0-9]+") ? Integer.parseInt(digits) : 1;
    }

    String quoted() {
        return MySqlName.quote(name);
    }
}
