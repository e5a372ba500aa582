package dev.freshet.rollup;

import dev.freshet.batch.Batch;
import dev.freshet.host.Host;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.CommittedChange;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// A table of facts that a test changes in every way, and what it holds after each change.
final class FactsTable {
    private final Store store;
    private final Host host;
    private final String path;
    private final DeltaTable table;
    private Map<DataFile, List<Fact>> live = new LinkedHashMap<>();

    FactsTable(Store store, Host host, String path) {
        this.store = store;
        this.host = host;
        this.path = path;
        this.table = DeltaTable.withoutUpkeep(store, path, host);
    }

    List<Fact> facts() {
        return live.values().stream().flatMap(Collection::stream).toList();
    }

    List<DataFile> files() {
        return List.copyOf(live.keySet());
    }

    long version() {
        return table.latest().orElseThrow().version();
    }

    DeltaTable table() {
        return table;
    }

    void create() {
        commit(Change.of("WRITE"));
    }

    /// One commit of one file.
    long insert(Fact... facts) {
        return insert(List.of(facts));
    }

    long insert(List<Fact> facts) {
        return land(write(facts), facts);
    }

    /// Facts that are written now and committed later, or never.
    DataFile write(List<Fact> facts) {
        String name = "facts-" + host.newId() + ".parquet";
        try (DataFileWriter writer =
                new DataFileWriter(Fact.SCHEMA, store.upload(path + "/" + name), WriteOptions.defaults())) {
            Batch batch = new Batch(Fact.SCHEMA);
            facts.forEach(fact -> batch.appendRow(fact.row()));
            writer.write(batch);
            return DataFile.of(name, writer.finish(), host.now());
        }
    }

    long land(DataFile file, List<Fact> facts) {
        long version = commit(Change.of("WRITE").add(List.of(file)));
        live.put(file, facts);
        return version;
    }

    /// Rewrites the files that hold any of them; those that become empty go.
    void change(Predicate<Fact> which, Function<Fact, List<Fact>> to) {
        Map<DataFile, List<Fact>> next = new LinkedHashMap<>();
        List<DataFile> removed = new ArrayList<>();
        List<DataFile> added = new ArrayList<>();
        live.forEach((file, facts) -> {
            if (facts.stream().noneMatch(which)) {
                next.put(file, facts);
                return;
            }
            removed.add(file);
            List<Fact> changed = facts.stream()
                    .flatMap(fact -> which.test(fact) ? to.apply(fact).stream() : List.of(fact).stream())
                    .toList();
            if (!changed.isEmpty()) {
                DataFile file2 = write(changed);
                added.add(file2);
                next.put(file2, changed);
            }
        });
        if (!removed.isEmpty()) {
            commit(Change.of("UPDATE").remove(removed).add(added));
            live = next;
        }
    }

    void delete(Predicate<Fact> which) {
        change(which, _ -> List.of());
    }

    /// The whole table is loaded again.
    void replace(List<Fact> facts) {
        DataFile file = write(facts);
        commit(Change.replace(Fact.SCHEMA, List.of(file)));
        live = new LinkedHashMap<>(Map.of(file, facts));
    }

    /// All rows go into one file; none changes.
    void optimize() {
        List<Fact> facts = facts();
        if (live.size() < 2) {
            return;
        }
        DataFile file = write(facts);
        commit(Change.of("OPTIMIZE").remove(files()).add(List.of(file)).withoutDataChange());
        live = new LinkedHashMap<>(Map.of(file, facts));
    }

    /// Removes the files whose facts are all older; false if there are none.
    boolean retain(Instant from) {
        List<DataFile> old = live.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .allMatch(fact -> fact.created().isBefore(from)))
                .map(Map.Entry::getKey)
                .toList();
        if (old.isEmpty()) {
            return false;
        }
        commit(Change.of(CommittedChange.RETENTION)
                .info(CommittedChange.RETAINED_FROM, from.toString())
                .domain("freshet.maintain", "{\"run_id\": \"r\", \"retained_from\": \"" + from + "\"}")
                .remove(old));
        old.forEach(live::remove);
        return true;
    }

    /// Deletes the files that no version from this one on names.
    void vacuum(long oldest) {
        List<String> needed = new ArrayList<>();
        for (long version = oldest; version <= version(); version++) {
            table.at(version).files().forEach(file -> needed.add(file.path()));
        }
        store.list(path, "").stream()
                .filter(object -> object.name().endsWith(".parquet"))
                .filter(object -> !needed.contains(object.name()))
                .forEach(object -> store.delete(object.key()));
    }

    private long commit(Change change) {
        return switch (table.commit(
                newest -> new Decision.Write(newest.isEmpty() ? change.schema(Fact.SCHEMA) : change))) {
            case CommitOutcome.Committed(long version, var _) -> version;
            case CommitOutcome other -> throw new AssertionError(other);
        };
    }
}
