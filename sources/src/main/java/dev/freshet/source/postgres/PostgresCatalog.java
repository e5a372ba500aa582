package dev.freshet.source.postgres;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Asks the database's catalog about tables, columns and types.
final class PostgresCatalog {
    private static final String FIND = """
            SELECT c.oid::int8, n.nspname, c.relname, c.relkind::text, has_schema_privilege(n.oid, 'USAGE'),
                   has_table_privilege(c.oid, 'SELECT'), c.relrowsecurity, c.reltuples::int8
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND %s
            LIMIT 1""";
    private static final String IN_SCHEMA = "n.nspname = %s";
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
            WHERE a.attrelid = %d::int8::oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";
    private static final String TYPE = """
            SELECT typtype::text, typbasetype::int8, typtypmod,
                   CASE WHEN typcategory = 'A' AND typlen = -1 AND typname NOT IN ('int2vector', 'oidvector')
                        THEN typelem::int8 ELSE 0 END
            FROM pg_catalog.pg_type WHERE oid = %d::int8::oid""";

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
            WHERE i.indrelid = %d::int8::oid AND i.indnkeyatts = 1 AND i.indisunique AND i.indisvalid AND i.indimmediate
              AND i.indpred IS NULL AND m.amname = 'btree' AND o.opcdefault AND i.indcollation[0] = a.attcollation
              AND a.atttypid IN (20, 21, 23, 25, 1042, 1043, 2950)
              AND (r.relkind = 'p' OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = r.oid))
            ORDER BY NOT i.indisprimary, a.attlen < 0, a.attlen, x.relname""";

    /// A table, or all that its rows are spread over.
    private static final String HEAPS = """
            WITH RECURSIVE tree (oid) AS (
                SELECT %d::int8::oid
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree t ON i.inhparent = t.oid)
            SELECT n.nspname, c.relname, c.relkind::text, coalesce(m.amname, ''),
                   has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                       AND NOT c.relrowsecurity,
                   coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::int8,
                   coalesce(pg_table_size(c.oid), 0)
            FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
            WHERE c.relkind <> 'p' ORDER BY c.oid""";

    /// What the statistics know of a key's values, in the key's own order, where the rows lie in that order, too:
    /// otherwise each range would be searched for in the whole table.
    private static final String BOUNDS = """
            SELECT bound FROM (
                SELECT unnest(histogram_bounds::text::text[]) AS bound FROM pg_catalog.pg_stats
                WHERE schemaname = %s AND tablename = %s AND attname = %s AND NOT inherited
                  AND abs(correlation) > 0.9) AS bounds
            GROUP BY bound ORDER BY bound::%s""";

    /// So many ranges for each session, so that they end at about the same time.
    private static final int RANGES = 4;

    private final Channel channel;

    PostgresCatalog(Channel channel) {
        this.channel = channel;
    }

    String currentUser() throws PostgresException {
        return only("SELECT current_user::text").text(0);
    }

    String serverEncoding() throws PostgresException {
        return only("SHOW server_encoding").text(0);
    }

    Relation find(PostgresName name) throws PostgresException {
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

    private Optional<Relation> find(Optional<String> schema, String table) throws PostgresException {
        String where = schema.map(name -> IN_SCHEMA.formatted(PostgresName.literal(name)))
                .orElse(IN_PATH);
        return channel.query(FIND.formatted(PostgresName.literal(table), where)).stream()
                .map(PostgresCatalog::relation)
                .findFirst();
    }

    private static Relation relation(Row row) {
        return new Relation(
                row.number(0),
                row.text(1),
                row.text(2),
                row.text(3).charAt(0),
                row.flag(4),
                row.flag(5),
                row.flag(6),
                row.number(7));
    }

    private FreshetException missing(PostgresName name) throws PostgresException {
        List<String> known = channel.query(NAMES).stream()
                .map(row -> (name.schema().isPresent() ? row.text(0) + "." : "") + row.text(1))
                .toList();
        List<String> near = Nearest.of(name.toString(), known, 3);
        return new FreshetException(
                ErrorCode.TABLE_MISSING,
                "database '%s' has no table '%s'%s"
                        .formatted(
                                only("SELECT current_database()::text").text(0),
                                name,
                                near.isEmpty()
                                        ? "; name another schema as schema.table"
                                        : "; did you mean " + String.join(", ", near) + "?"));
    }

    int serverVersion() throws PostgresException {
        return only("SHOW server_version_num").integer(0);
    }

    List<Heap> heaps(Relation relation) throws PostgresException {
        return channel.query(HEAPS.formatted(relation.oid())).stream()
                .map(row -> new Heap(
                        row.text(0),
                        row.text(1),
                        row.text(2).charAt(0),
                        row.text(3),
                        row.flag(4),
                        row.number(5),
                        row.number(6)))
                .toList();
    }

    /// Values of a key that cut the table into ranges of about the same length, a few for each session, in their order;
    /// none if the database does not know any.
    List<String> keyBounds(Relation relation, TableKey key, int sessions) throws PostgresException {
        List<Row> known = channel.query(BOUNDS.formatted(
                PostgresName.literal(relation.schema()),
                PostgresName.literal(relation.name()),
                PostgresName.literal(key.column()),
                key.type()));
        int ranges = Math.min(known.size(), RANGES * sessions);
        return IntStream.range(1, ranges)
                .mapToObj(i -> known.get(i * known.size() / ranges).text(0))
                .toList();
    }

    List<PostgresColumn> columns(Relation relation) throws PostgresException {
        return channel.query(COLUMNS.formatted(relation.oid())).stream()
                .map(row -> column(relation, row))
                .toList();
    }

    private static PostgresColumn column(Relation relation, Row row) {
        return new PostgresColumn(
                row.text(0),
                row.number(1),
                row.integer(2),
                row.text(3),
                relation.keepsNotNull() && row.flag(4),
                row.text(5),
                row.flag(6));
    }

    /// What the table can be cut by, if there is such a key.
    Optional<TableKey> key(Relation relation, List<PostgresColumn> columns) throws PostgresException {
        Set<String> notNull = columns.stream()
                .filter(PostgresColumn::notNull)
                .map(PostgresColumn::name)
                .collect(Collectors.toSet());
        return channel.query(KEYS.formatted(relation.oid())).stream()
                .filter(row -> notNull.contains(row.text(0)))
                .map(row -> new TableKey(row.text(0), row.text(1), row.text(2)))
                .findFirst();
    }

    PostgresType type(long oid) throws PostgresException {
        Row row = only(TYPE.formatted(oid));
        return new PostgresType(oid, row.text(0).charAt(0), row.number(1), row.integer(2), row.number(3));
    }

    private Row only(String sql) throws PostgresException {
        return channel.query(sql).getFirst();
    }
}
