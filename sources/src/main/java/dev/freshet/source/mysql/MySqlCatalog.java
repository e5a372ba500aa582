package dev.freshet.source.mysql;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Nearest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Asks `information_schema` about tables and columns.
final class MySqlCatalog {
    private static final String COLUMNS = """
            SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, COALESCE(NUMERIC_PRECISION, 0), COALESCE(NUMERIC_SCALE, 0),
                   IS_NULLABLE = 'YES', COALESCE(COLUMN_COMMENT, '')
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";
    private static final String ROWS =
            "SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";
    private static final String NAMES =
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY 1 LIMIT 10000";

    /// Unique keys of one whole column, the primary key first. Of the types: integers, char, varchar, uuid.
    private static final String KEYS = """
            SELECT c.COLUMN_NAME, COALESCE(c.COLLATION_NAME, '')
            FROM information_schema.STATISTICS s
            JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = s.TABLE_NAME
                AND c.COLUMN_NAME = s.COLUMN_NAME
            WHERE s.TABLE_SCHEMA = ? AND s.TABLE_NAME = ? AND s.NON_UNIQUE = 0 AND s.INDEX_TYPE = 'BTREE'
              AND s.SUB_PART IS NULL AND c.IS_NULLABLE = 'NO'
              AND c.DATA_TYPE IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'char', 'varchar', 'uuid')
              AND NOT EXISTS (
                  SELECT 1 FROM information_schema.STATISTICS o
                  WHERE o.TABLE_SCHEMA = s.TABLE_SCHEMA AND o.TABLE_NAME = s.TABLE_NAME
                    AND o.INDEX_NAME = s.INDEX_NAME AND o.SEQ_IN_INDEX > 1)
            ORDER BY s.INDEX_NAME <> 'PRIMARY', c.CHARACTER_OCTET_LENGTH IS NOT NULL, s.INDEX_NAME LIMIT 1""";

    private final Connection connection;

    MySqlCatalog(Connection connection) {
        this.connection = connection;
    }

    /// The account that the server took us for, as `GRANT` wants it: `'user'@'host'`.
    String account() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT CURRENT_USER()");
                ResultSet row = query.executeQuery()) {
            row.next();
            String account = string(row, 1);
            int at = account.lastIndexOf('@');
            return "'%s'@'%s'".formatted(account.substring(0, at), account.substring(at + 1));
        }
    }

    List<MySqlColumn> columns(MySqlName table) throws SQLException {
        try (PreparedStatement query = prepared(COLUMNS, table);
                ResultSet row = query.executeQuery()) {
            List<MySqlColumn> columns = new ArrayList<>();
            while (row.next()) {
                columns.add(new MySqlColumn(
                        string(row, 1),
                        string(row, 2),
                        string(row, 3),
                        row.getInt(4),
                        row.getInt(5),
                        row.getBoolean(6),
                        string(row, 7)));
            }
            return columns;
        }
    }

    /// The engine's estimate.
    OptionalLong rows(MySqlName table) throws SQLException {
        try (PreparedStatement query = prepared(ROWS, table);
                ResultSet row = query.executeQuery()) {
            long rows = row.next() ? row.getLong(1) : 0;
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(rows);
        }
    }

    /// What the table can be cut by, if there is such a key.
    Optional<TableKey> key(MySqlName table, List<MySqlColumn> columns) throws SQLException {
        try (PreparedStatement query = prepared(KEYS, table);
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            String name = string(row, 1);
            String collation = string(row, 2);
            return columns.stream()
                    .filter(column -> column.name().equals(name))
                    .map(column -> new TableKey(column, collation))
                    .findFirst();
        }
    }

    FreshetException missing(MySqlName table) throws SQLException {
        List<String> known = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(NAMES)) {
            query.setString(1, table.database());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    known.add(string(row, 1));
                }
            }
        }
        List<String> near = Nearest.of(table.table(), known, 3);
        return new FreshetException(
                ErrorCode.TABLE_MISSING,
                "database '%s' has no table '%s'%s"
                        .formatted(
                                table.database(),
                                table.table(),
                                near.isEmpty()
                                        ? "; name another database as database.table"
                                        : "; did you mean " + String.join(", ", near) + "?"));
    }

    private PreparedStatement prepared(String sql, MySqlName table) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setString(1, table.database());
        query.setString(2, table.table());
        return query;
    }

    private static String string(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
