package dev.freshet.control;

import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files that hold all rows: one that is rewritten whole, or several once that would be large, of which those are
/// rewritten whose rows changed. Remembers the rows of the newest files that it wrote or read, because a file never
/// changes. Lock-free: the field only ever holds a right answer.
final class RowsFiles {
    private static final String OPERATION = "FRESHET CONTROL";

    /// All rows, and which file has which.
    private record Known(Map<String, List<TaskRow>> byPath, Rows rows) {
        static Known of(Map<String, List<TaskRow>> byPath) {
            return new Known(
                    byPath,
                    Rows.of(byPath.values().stream().flatMap(Collection::stream).toList()));
        }
    }

    /// Files that were written, on their way into the table.
    record Written(Change change, Map<String, List<TaskRow>> byPath, Rows rows) {}

    private final Store store;
    private final Host host;
    private final RowsSplit split;
    private volatile @Nullable Known known;

    RowsFiles(Store store, Host host) {
        this(store, host, RowsSplit.DEFAULT);
    }

    RowsFiles(Store store, Host host, RowsSplit split) {
        this.store = store;
        this.host = host;
        this.split = split;
    }

    Rows read(Snapshot snapshot) {
        return known(snapshot).rows;
    }

    /// The rows of an earlier version, which are not remembered.
    Rows readPast(Snapshot snapshot) {
        return Known.of(read(snapshot, remembered())).rows;
    }

    /// A row as it is in files, by their keys; empty if it is in none of them.
    Optional<TaskRow> readPast(List<String> keys, String task) {
        return keys.stream()
                .flatMap(key -> read(key).stream())
                .filter(row -> row.task().equals(task))
                .findFirst();
    }

    private Map<String, List<TaskRow>> remembered() {
        Known last = known;
        return last == null ? Map.of() : last.byPath;
    }

    private Known known(Snapshot snapshot) {
        Known last = known;
        List<String> paths = snapshot.files().stream().map(DataFile::path).toList();
        if (last != null && paths.equals(List.copyOf(last.byPath.keySet()))) {
            return last;
        }
        Known read = Known.of(read(snapshot, remembered()));
        known = read;
        return read;
    }

    /// Writes what the rows need beside the snapshot's files.
    Written write(Rows rows, Optional<Snapshot> newest) {
        List<DataFile> files = newest.map(Snapshot::files).orElse(List.of());
        int parts = split.parts(files);
        return parts > 1 && RowsSplit.partsOf(files) == parts
                ? rewriteChanged(rows, known(newest.orElseThrow()), files, parts)
                : rewriteAll(rows, parts);
    }

    private Written rewriteAll(Rows rows, int parts) {
        List<DataFile> added = new ArrayList<>();
        Map<String, List<TaskRow>> byPath = new LinkedHashMap<>();
        List<List<TaskRow>> byPart = RowsSplit.divide(rows, parts);
        for (int part = 0; part < parts; part++) {
            if (parts == 1 || !byPart.get(part).isEmpty()) {
                added.add(write(RowsSplit.name(part, parts, host.newId()), byPart.get(part), byPath));
            }
        }
        return new Written(Change.of(OPERATION).add(added).removeAll(), byPath, rows);
    }

    private Written rewriteChanged(Rows rows, Known before, List<DataFile> files, int parts) {
        Map<Integer, DataFile> old = new LinkedHashMap<>();
        files.forEach(file -> old.put(RowsSplit.partOf(file), file));
        List<DataFile> added = new ArrayList<>();
        List<DataFile> removed = new ArrayList<>();
        Map<String, List<TaskRow>> byPath = new LinkedHashMap<>();
        List<List<TaskRow>> byPart = RowsSplit.divide(rows, parts);
        for (int part = 0; part < parts; part++) {
            List<TaskRow> now = byPart.get(part);
            DataFile file = old.get(part);
            List<TaskRow> then = file == null ? List.of() : before.byPath.getOrDefault(file.path(), List.of());
            if (file != null && now.equals(then)) {
                byPath.put(file.path(), then);
                continue;
            }
            Optional.ofNullable(file).ifPresent(removed::add);
            if (!now.isEmpty()) {
                added.add(write(RowsSplit.name(part, parts, host.newId()), now, byPath));
            }
        }
        return new Written(Change.of(OPERATION).add(added).remove(removed), byPath, rows);
    }

    private DataFile write(String name, List<TaskRow> rows, Map<String, List<TaskRow>> byPath) {
        Batch batch = new Batch(RowSchema.SCHEMA);
        rows.forEach(row -> RowSchema.append(batch, row));
        String key = ControlTable.PATH + "/" + name;
        try (DataFileWriter writer = new DataFileWriter(RowSchema.SCHEMA, store.upload(key), WriteOptions.defaults())) {
            writer.write(batch);
            byPath.put(name, rows);
            return DataFile.of(name, writer.finish(), host.now());
        }
    }

    /// To be called once the files are the table's.
    void committed(Written written) {
        Map<String, List<TaskRow>> sorted = new TreeMap<>(written.byPath);
        known = new Known(sorted, written.rows);
    }

    private Map<String, List<TaskRow>> read(Snapshot snapshot, Map<String, List<TaskRow>> remembered) {
        if (snapshot.hasDeletionVectors()) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table " + ControlTable.PATH + " has deletion vectors, so another engine deleted rows of it: apply "
                            + "them with REORG TABLE … APPLY (PURGE)");
        }
        Map<String, List<TaskRow>> byPath = new LinkedHashMap<>();
        for (DataFile file : snapshot.files()) {
            List<TaskRow> rows = remembered.get(file.path());
            byPath.put(file.path(), rows == null ? read(snapshot.key(file)) : rows);
        }
        return byPath;
    }

    private List<TaskRow> read(String key) {
        List<TaskRow> rows = new ArrayList<>();
        Batch batch = new Batch(RowSchema.SCHEMA);
        try (DataFileReader reader = new DataFileReader(store, key, RowSchema.SCHEMA)) {
            while (reader.read(batch)) {
                for (int i = 0; i < batch.rows(); i++) {
                    rows.add(RowSchema.row(batch, i));
                }
            }
        }
        return rows;
    }
}
