package dev.freshet.source.postgres;

import dev.freshet.ingest.Split;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A column that a table can be cut by: a primary key or a unique one without nulls, of a type whose text the
/// database reads back as the same value. `collation` is its name and version, empty for a type without.
record TableKey(String column, String type, String collation) {
    /// All that decides which rows are between two values.
    String text() {
        return collation.isEmpty() ? column + " " + type : column + " " + type + " collate " + collation;
    }

    /// The condition for the rows of a split, to stand behind the table; empty for all rows.
    String where(Split split) {
        StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
        bound(where, ">=", split.from());
        bound(where, "<", split.to());
        return where.toString();
    }

    /// A literal without a type takes the column's, so that the database compares as its index does.
    private void bound(StringJoiner where, String comparison, @Nullable String value) {
        if (value != null) {
            where.add("t.%s %s %s".formatted(PostgresName.quote(column), comparison, PostgresName.literal(value)));
        }
    }

    /// The query for the key of the row that comes so many rows after the first of those.
    String next(String from, Split rest, long rows) {
        String name = "t." + PostgresName.quote(column);
        return "SELECT %s::pg_catalog.text FROM %s AS t%s ORDER BY %s OFFSET %d LIMIT 1"
                .formatted(name, from, where(rest), name, rows);
    }
}
