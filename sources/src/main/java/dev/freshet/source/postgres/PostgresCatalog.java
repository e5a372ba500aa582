package dev.freshet.source.postgres;

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
import java.util.Set;
import java.util.stream.Collectors;

/// Asks the database's catalog about tables, columns and types.
final class PostgresCatalog {
    private static final String FIND = """
            SELECT c.oid::int8, n.nspname, c.relname, c.relkind::text, has_schema_privilege(n.oid, 'USAGE'),
                   has_table_privilege(c.oid, 'SELECT'), c.reltuples::int8
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND %s
            LIMIT 1""";
    private static final String IN_SCHEMA = "n.nspname = ?";
    private static final String IN_PATH =
            "n.nspname = ANY (current_schemas(true)) ORDER BY array_position(current_schemas(true), n.nspname)";
    private static final String NAMES = """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
              AND n.nspname <> 'information_schema'
            ORDER BY 1, 2 LIMIT 10000""";
    private static final String COLUMNS = """
            SELECT a.attname, a.atttypid::int8, a.atttypmod, format_type(a.atttypid, a.atttypmod),
                   a.attnotnull AND NOT EXISTS (
                       SELECT FROM pg_catalog.pg_constraint k
                       WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND NOT k.convalidated
                         AND a.attnum = ANY (k.conkey)),
                   coalesce(col_description(a.attrelid, a.attnum), ''),
                   has_column_privilege(a.attrelid, a.attnum, 'SELECT')
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ?::int8::oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";
    private static final String TYPE = """
            SELECT typtype::text, typbasetype::int8, typtypmod,
                   CASE WHEN typcategory = 'A' AND typlen = -1 AND typname NOT IN ('int2vector', 'oidvector')
                        THEN typelem::int8 ELSE 0 END
            FROM pg_catalog.pg_type WHERE oid = ?::int8::oid""";

    /// Unique keys of one column in the column's own order; the primary key comes first, then what is short. A table
    /// with children has rows that its keys do not know of. Of the types: integers, uuid, text, varchar(n), char(n).
    private static final String KEYS = """
            SELECT a.attname, format_type(a.atttypid, NULL),
                   coalesce(c.collname || ' ' || coalesce(pg_catalog.pg_collation_actual_version(c.oid), ''), '')
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class r ON r.oid = i.indrelid
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            JOIN pg_catalog.pg_am m ON m.oid = x.relam
            JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[0]
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
            WHERE i.indrelid = ?::int8::oid AND i.indnkeyatts = 1 AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND m.amname = 'btree' AND o.opcdefault AND i.indcollation[0] = a.attcollation
              AND a.atttypid IN (20, 21, 23, 25, 1042, 1043, 2950)
              AND (r.relkind = 'p' OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = r.oid))
            ORDER BY NOT i.indisprimary, a.attlen < 0, a.attlen, x.relname""";

    private final Connection connection;

    PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    String currentUser() throws SQLException {
        return text("SELECT current_user::text");
    }

    String serverEncoding() throws SQLException {
        return text("SHOW server_encoding");
    }

    Relation find(PostgresName name) throws SQLException {
        Optional<Relation> exact =
                find(name.schema().map(PostgresName.Part::text), name.table().text());
        if (exact.isPresent()) {
            return exact.get();
        }
        Optional<Relation> folded =
                find(name.schema().map(PostgresName.Part::folded), name.table().folded());
        if (folded.isEmpty()) {
            throw missing(name);
        }
        return folded.get();
    }

    private Optional<Relation> find(Optional<String> schema, String table) throws SQLException {
        String sql = FIND.formatted(schema.isPresent() ? IN_SCHEMA : IN_PATH);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, table);
            if (schema.isPresent()) {
                query.setString(2, schema.get());
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(relation(row)) : Optional.empty();
            }
        }
    }

    private static Relation relation(ResultSet row) throws SQLException {
        return new Relation(
                row.getLong(1),
                string(row, 2),
                string(row, 3),
                string(row, 4).charAt(0),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getLong(7));
    }

    private FreshetException missing(PostgresName name) throws SQLException {
        List<String> known = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(NAMES);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                known.add((name.schema().isPresent() ? string(row, 1) + "." : "") + string(row, 2));
            }
        }
        List<String> near = Nearest.of(name.toString(), known, 3);
        return new FreshetException(
                ErrorCode.TABLE_MISSING,
                "database '%s' has no table '%s'%s"
                        .formatted(
                                text("SELECT current_database()::text"),
                                name,
                                near.isEmpty()
                                        ? "; name another schema as schema.table"
                                        : "; did you mean " + String.join(", ", near) + "?"));
    }

    List<PostgresColumn> columns(Relation relation) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setLong(1, relation.oid());
            try (ResultSet row = query.executeQuery()) {
                List<PostgresColumn> columns = new ArrayList<>();
                while (row.next()) {
                    columns.add(column(relation, row));
                }
                return columns;
            }
        }
    }

    private static PostgresColumn column(Relation relation, ResultSet row) throws SQLException {
        return new PostgresColumn(
                string(row, 1),
                row.getLong(2),
                row.getInt(3),
                string(row, 4),
                relation.keepsNotNull() && row.getBoolean(5),
                string(row, 6),
                row.getBoolean(7));
    }

    /// What the table can be cut by, if there is such a key.
    Optional<TableKey> key(Relation relation, List<PostgresColumn> columns) throws SQLException {
        Set<String> notNull = columns.stream()
                .filter(PostgresColumn::notNull)
                .map(PostgresColumn::name)
                .collect(Collectors.toSet());
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setLong(1, relation.oid());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (notNull.contains(string(row, 1))) {
                        return Optional.of(new TableKey(string(row, 1), string(row, 2), string(row, 3)));
                    }
                }
                return Optional.empty();
            }
        }
    }

    PostgresType type(long oid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TYPE)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new PostgresType(oid, string(row, 1).charAt(0), row.getLong(2), row.getInt(3), row.getLong(4));
            }
        }
    }

    private String text(String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return string(row, 1);
        }
    }

    private static String string(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
