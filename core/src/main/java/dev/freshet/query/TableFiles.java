package dev.freshet.query;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The active files of a table as DuckDB can open them, and the columns that they make together.
record TableFiles(Schema schema, List<String> partitionColumns, List<File> files) {
    /// @param partition values of the partition columns as text; a null is left out
    record File(String path, Map<String, String> partition) {}

    static TableFiles empty(Schema schema) {
        return new TableFiles(schema, List.of(), List.of());
    }

    static TableFiles of(Store store, String table, Snapshot snapshot) {
        return of(store, table, snapshot, snapshot.files());
    }

    /// @param chosen of the snapshot's files
    static TableFiles of(Store store, String table, Snapshot snapshot, List<DataFile> chosen) {
        if (snapshot.hasDeletionVectors()) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    ("table '%s' cannot be queried: another engine deleted rows by deletion vectors in version %d or "
                                    + "before; rewrite its files (Spark: REORG TABLE ... APPLY (PURGE)) or ingest it again")
                            .formatted(table, snapshot.version()));
        }
        List<File> files = new ArrayList<>();
        for (DataFile file : chosen) {
            files.add(new File(local(store.uri(snapshot.key(file)), table), file.partition()));
        }
        return new TableFiles(snapshot.schema(), snapshot.partitionColumns(), List.copyOf(files));
    }

    private static String local(URI uri, String table) {
        if (!"file".equals(uri.getScheme())) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table '%s' cannot be queried: queries read lakes on local disks, and this file is at %s"
                            .formatted(table, uri));
        }
        return Path.of(uri).toString();
    }

    List<String> paths() {
        return files.stream().map(File::path).toList();
    }

    boolean isPartitioned() {
        return !partitionColumns.isEmpty();
    }
}
