package dev.freshet.e2e;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SQL by which a source itself prints a cell, exactly. An array is printed as a JSON array of texts, bytes as
/// hexadecimal digits.
final class SourceText {
    private static final Pattern BITS = Pattern.compile("bit\\((\\d+)\\)");

    private SourceText() {}

    static String quote(Database database, String name) {
        return isPostgres(database) ? '"' + name + '"' : '`' + name + '`';
    }

    /// @param source the column's type in the source
    /// @param delta its type in the dataset
    static String of(Database database, String source, String delta, String column) {
        return isPostgres(database) ? postgres(delta, column) : mariaDb(source, delta, column);
    }

    private static boolean isPostgres(Database database) {
        return database.type().equals("postgres");
    }

    /// `format` prints as `psql` does, also where a cast to text would take padding away.
    private static String postgres(String delta, String column) {
        String text = delta.startsWith("array<")
                ? "(SELECT coalesce(json_agg(CASE WHEN x IS NOT NULL THEN format('%%s', x) END ORDER BY n), '[]')::text"
                        + " FROM unnest(%s) WITH ORDINALITY AS e(x, n))"
                : "format('%%s', %s)";
        return ("CASE WHEN %s IS NOT NULL THEN " + text + " END").formatted(column, column);
    }

    private static String mariaDb(String source, String delta, String column) {
        Matcher bits = BITS.matcher(source);
        if (delta.equals("binary")) {
            int digits = bits.matches() ? (Integer.parseInt(bits.group(1)) + 7) / 8 * 2 : 0;
            return digits == 0 ? "hex(" + column + ")" : "lpad(hex(" + column + "), " + digits + ", '0')";
        }
        if (delta.equals("float")) {
            return "CAST(" + column + " AS DOUBLE)";
        }
        String value = bits.matches() ? column + " + 0" : source.equals("point") ? "ST_AsText(" + column + ")" : column;
        return "CAST(" + value + " AS CHAR CHARACTER SET utf8mb4)";
    }
}
