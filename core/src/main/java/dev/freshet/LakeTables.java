package dev.freshet;

import dev.freshet.catalog.Catalog;
import dev.freshet.control.ControlTable;
import dev.freshet.event.EventRecorder;
import dev.freshet.host.Host;
import dev.freshet.query.QueryTable;
import dev.freshet.schedule.Ledger;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What queries may name: every dataset, every table of events, every rollup (by its short name, too, where no dataset
/// has it), and what Freshet knows of itself.
final class LakeTables {
    private static final String EVENTS = EventRecorder.FOLDER;
    private static final String ROLLUPS = "rollups";

    private final Store store;
    private final Host host;
    private final Catalog catalog;
    private final DeltaTable tasks;
    private final DeltaTable runs;

    LakeTables(Store store, Host host, Catalog catalog) {
        this.store = store;
        this.host = host;
        this.catalog = catalog;
        this.tasks = new DeltaTable(store, ControlTable.PATH, host);
        this.runs = new DeltaTable(store, Ledger.PATH, host);
    }

    List<QueryTable> all() {
        List<QueryTable> tables = new ArrayList<>();
        List<String> datasets = catalog.names();
        datasets.forEach(name -> tables.add(QueryTable.of(name, () -> catalog.snapshot(name))));
        for (String table : store.folders(EVENTS)) {
            tables.add(QueryTable.of(EVENTS + "." + table, () -> events(table)));
        }
        for (String rollup : store.folders(ROLLUPS)) {
            tables.add(QueryTable.of(ROLLUPS + "." + rollup, () -> rollup(rollup)));
            if (!datasets.contains(rollup)) tables.add(QueryTable.of(rollup, () -> rollup(rollup)));
        }
        tables.add(new QueryTable("freshet.tasks", tasks::latest, ControlTable.SCHEMA, null));
        tables.add(new QueryTable("freshet.runs", runs::latest, Ledger.SCHEMA, Ledger.SHOWN));
        return tables;
    }

    private Optional<Snapshot> rollup(String name) {
        return new DeltaTable(store, ROLLUPS + "/" + name, host).latest().filter(Snapshot::hasColumns);
    }

    private Optional<Snapshot> events(String table) {
        return new DeltaTable(store, EVENTS + "/" + table, host).latest();
    }
}
