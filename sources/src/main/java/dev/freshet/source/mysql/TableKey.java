package dev.freshet.source.mysql;

import dev.freshet.ingest.Split;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// A column that a table can be cut by: a primary key or a unique one without nulls, of a type whose text the
/// server reads back as the same value. `collation` is empty for a type without.
record TableKey(MySqlColumn column, String collation) {
    /// All that decides which rows are between two values.
    String text() {
        String type = column.name() + " " + column.columnType();
        return collation.isEmpty() ? type : type + " collate " + collation;
    }

    private String quoted() {
        return "t." + column.quoted();
    }

    /// The condition for the rows of a split, to stand behind the table; empty for all rows.
    String where(Split split) {
        StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
        if (split.from() != null) {
            where.add(quoted() + " >= ?");
        }
        if (split.to() != null) {
            where.add(quoted() + " < ?");
        }
        return where.toString();
    }

    /// Gives the condition its bounds: numbers as numbers, for the server compares a text with a number inexactly.
    void bind(Split split, PreparedStatement statement) throws SQLException {
        int parameter = 0;
        for (String bound : Stream.of(split.from(), split.to())
                .filter(value -> value != null)
                .toList()) {
            parameter++;
            if (column.integer()) {
                statement.setBigDecimal(parameter, new BigDecimal(bound));
            } else {
                statement.setString(parameter, bound);
            }
        }
    }

    /// The query for the key of the row that comes so many rows after the first of those.
    String next(String from, Split rest, long rows) {
        return "SELECT CAST(%s AS CHAR) FROM %s AS t%s ORDER BY %s LIMIT %d, 1"
                .formatted(quoted(), from, where(rest), quoted(), rows);
    }
}
