package dev.freshet.source.postgres;

import java.util.OptionalLong;

/// A table, or something that can be read like one, as the catalog knows it. `kind` is the catalog's letter.
record Relation(
        long oid,
        String schema,
        String name,
        char kind,
        boolean schemaUsable,
        boolean readable,
        boolean secured,
        long rows) {
    String fullName() {
        return schema + "." + name;
    }

    String quoted() {
        return PostgresName.quote(schema) + "." + PostgresName.quote(name);
    }

    /// Whether `LOCK TABLE` takes it: a table, partitioned or not, or a view, that may be read as a whole.
    boolean lockable() {
        return readable && (kind == 'r' || kind == 'p' || kind == 'v');
    }

    /// Whether rows lie in it or in its children, and not behind a query or in another server.
    boolean hasRows() {
        return kind == 'r' || kind == 'p' || kind == 'm';
    }

    /// Whether the database keeps its columns' `NOT NULL` itself.
    boolean keepsNotNull() {
        return kind != 'f';
    }

    OptionalLong estimatedRows() {
        return rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows);
    }
}
