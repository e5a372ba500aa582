package dev.freshet.control;

import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileReader;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one small file that holds all rows and is rewritten whole. Remembers the rows of the newest file that it
/// wrote or read, because a file never changes. Lock-free: the field only ever holds a right answer.
final class RowsFile {
    private record Known(List<String> paths, Rows rows) {}

    private final Store store;
    private final Host host;
    private volatile @Nullable Known known;

    RowsFile(Store store, Host host) {
        this.store = store;
        this.host = host;
    }

    Rows read(Snapshot snapshot) {
        List<DataFile> files = snapshot.files();
        Known last = known;
        List<String> paths = files.stream().map(DataFile::path).toList();
        if (last != null && last.paths.equals(paths)) {
            return last.rows;
        }
        Rows rows = Rows.of(readAll(snapshot, files));
        known = new Known(paths, rows);
        return rows;
    }

    /// The rows of an earlier version, which are not remembered.
    Rows readPast(Snapshot snapshot) {
        return Rows.of(readAll(snapshot, snapshot.files()));
    }

    DataFile write(Rows rows) {
        String name = "rows-" + host.newId() + ".parquet";
        Batch batch = new Batch(RowSchema.SCHEMA);
        rows.forEach(row -> RowSchema.append(batch, row));
        String key = ControlTable.PATH + "/" + name;
        try (DataFileWriter writer = new DataFileWriter(RowSchema.SCHEMA, store.upload(key), WriteOptions.defaults())) {
            writer.write(batch);
            return DataFile.of(name, writer.finish(), host.now());
        }
    }

    /// To be called once the file is the table's only one.
    void committed(DataFile file, Rows rows) {
        known = new Known(List.of(file.path()), rows);
    }

    private List<TaskRow> readAll(Snapshot snapshot, List<DataFile> files) {
        if (snapshot.hasDeletionVectors()) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table " + ControlTable.PATH + " has deletion vectors, so another engine deleted rows of it: apply "
                            + "them with REORG TABLE … APPLY (PURGE)");
        }
        List<TaskRow> rows = new ArrayList<>();
        Batch batch = new Batch(RowSchema.SCHEMA);
        for (DataFile file : files) {
            try (DataFileReader reader = new DataFileReader(store, snapshot.key(file), RowSchema.SCHEMA)) {
                while (reader.read(batch)) {
                    for (int i = 0; i < batch.rows(); i++) {
                        rows.add(RowSchema.row(batch, i));
                    }
                }
            }
        }
        return rows;
    }
}
