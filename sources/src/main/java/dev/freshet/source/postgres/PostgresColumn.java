package dev.freshet.source.postgres;

/// A column as the catalog knows it; `typeName` is the type as PostgreSQL prints it, such as `numeric(10,2)`.
record PostgresColumn(
        String name, long type, int modifier, String typeName, boolean notNull, String comment, boolean readable) {}
