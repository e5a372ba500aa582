package dev.freshet.source.postgres;

/// What rows lie in: a table without its children, in pages. `bytes` counts what lies beside the pages, too, such as
/// large values. `kind` is the catalog's letter and `storage` the name of the access method.
record Heap(String schema, String name, char kind, String storage, boolean readable, long pages, long bytes) {
    String quoted() {
        return PostgresName.quote(schema) + "." + PostgresName.quote(name);
    }

    /// Whether ranges of pages can be read, and by us.
    boolean cuttable() {
        return readable && storage.equals("heap") && (kind == 'r' || kind == 'm');
    }

    double bytesPerPage() {
        return (double) bytes / Math.max(1, pages);
    }
}
