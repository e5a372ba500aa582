package dev.freshet.schedule;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.FileSummary;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// What became of every run: the Delta table `_freshet/runs`, to which records are only ever appended. Appending
/// the same record twice does no harm, for readers count a run once. Safe for use by many threads; holds nothing
/// that needs closing.
public final class Ledger {
    /// Where the ledger is in every lake.
    public static final String PATH = "_freshet/runs";

    /// The columns of the table.
    public static final Schema SCHEMA = RunColumns.SCHEMA;

    /// A SELECT that shows what [#runs()] gives; `{rows}` stands where the table's rows come from.
    public static final String SHOWN = LedgerSql.SHOWN;

    private final Store store;
    private final Host host;
    private final DeltaTable table;
    private final SharedAppends appends;
    private final KeptRuns kept = new KeptRuns();

    public Ledger(Store store, Host host) {
        this(store, host, LogRetention.DEFAULT);
    }

    /// @param retention how the table's log is cleaned; records are kept for ever
    Ledger(Store store, Host host, LogRetention retention) {
        this.store = store;
        this.host = host;
        this.table = new DeltaTable(store, PATH, host, retention);
        this.appends = new SharedAppends(host, this::write);
    }

    /// Appends the records in one commit, together with what other threads of this process append meanwhile, and
    /// returns when they are there.
    ///
    /// @throws dev.freshet.error.FreshetException when it is not certain that they are there; append them again
    public void append(List<RunRecord> records) {
        if (!records.isEmpty()) {
            appends.append(records);
        }
    }

    private void write(List<RunRecord> records) {
        String name = "part-" + host.newId() + ".parquet";
        DataFile file = DataFile.of(name, upload(name, records), host.now());
        table.appendBlindly(Change.of("WRITE").schema(RunColumns.SCHEMA).add(List.of(file)));
    }

    private FileSummary upload(String name, List<RunRecord> records) {
        Batch batch = new Batch(RunColumns.SCHEMA);
        records.forEach(run -> RunColumns.append(batch, run));
        try (DataFileWriter writer =
                new DataFileWriter(RunColumns.SCHEMA, store.upload(PATH + "/" + name), WriteOptions.defaults())) {
            writer.write(batch);
            return writer.finish();
        }
    }

    /// Every run and every range of due times once, the earliest first. A run that settled a due time which a later
    /// holder settled too has the reason `superseded`.
    public List<RunRecord> runs() {
        return LedgerView.of(read(_ -> true));
    }

    /// The same for one task. Files that are known not to be about it are not read.
    public List<RunRecord> runs(String task) {
        return LedgerView.of(read(file -> kept.mayHold(file, task)).stream()
                .filter(run -> run.task().equals(task))
                .toList());
    }

    /// The runs that the claim in the row may have left behind: its own, and others of its due time. However long the
    /// ledger is, only files that may be about those are read.
    List<RunRecord> about(TaskRow claimed) {
        Optional<String> run = Optional.ofNullable(claimed.token());
        Optional<Instant> due = Optional.ofNullable(Claims.dueInProgress(claimed));
        Predicate<DataFile> wanted = file -> kept.mayHold(file, claimed.task())
                && (run.filter(id -> file.mayHold("run_id", id)).isPresent()
                        || due.filter(time -> file.mayHold("due_at", time)).isPresent());
        return LedgerView.of(read(wanted)).stream()
                .filter(found -> found.outcome().ran() && found.task().equals(claimed.task()))
                .filter(found -> found.runId().equals(claimed.token())
                        || due.filter(time -> time.equals(found.dueAt())).isPresent())
                .toList();
    }

    private List<RunRecord> read(Predicate<DataFile> wanted) {
        return table.latest().map(snapshot -> read(snapshot, wanted)).orElse(List.of());
    }

    private List<RunRecord> read(Snapshot snapshot, Predicate<DataFile> wanted) {
        List<DataFile> files = snapshot.files();
        kept.retain(files);
        Map<String, List<RunRecord>> byFile = new LinkedHashMap<>();
        Map<String, List<RunRecord>> missing = new LinkedHashMap<>();
        for (DataFile file : files) {
            if (wanted.test(file)) {
                Optional<List<RunRecord>> known = kept.of(file);
                List<RunRecord> records = known.orElseGet(ArrayList::new);
                byFile.put(file.path(), records);
                if (known.isEmpty()) {
                    missing.put(file.path(), records);
                }
            }
        }
        readInto(missing, snapshot);
        return byFile.values().stream().flatMap(List::stream).toList();
    }

    private void readInto(Map<String, List<RunRecord>> missing, Snapshot snapshot) {
        Batch batch = new Batch(snapshot.schema());
        try (TableScan scan = new TableScan(store, snapshot, file -> missing.containsKey(file.path()))) {
            while (scan.read(batch)) {
                List<RunRecord> records =
                        Objects.requireNonNull(missing.get(scan.file().path()));
                for (int row = 0; row < batch.rows(); row++) {
                    records.add(RunColumns.read(batch, row));
                }
            }
        }
        missing.forEach((path, records) -> kept.keep(path, List.copyOf(records)));
    }
}
