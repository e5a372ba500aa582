package dev.freshet.source.postgres;

/// A row of `pg_type`, as much of it as matters. `element` is zero for what is no true array.
record PostgresType(long oid, char kind, long base, int baseModifier, long element) {
    boolean domain() {
        return kind == 'd';
    }

    boolean enumeration() {
        return kind == 'e';
    }

    boolean array() {
        return element != 0;
    }
}
