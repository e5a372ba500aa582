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

/// What queries may name: every dataset, every table of events, and what Freshet knows of itself.
final class LakeTables {
    private static final String EVENTS = EventRecorder.FOLDER;

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
        catalog.names().forEach(name -> tables.add(QueryTable.of(name, () -> catalog.snapshot(name))));
        for (String table : store.folders(EVENTS)) {
            tables.add(QueryTable.of(EVENTS + "." + table, () -> events(table)));
        }
        tables.add(new QueryTable("freshet.tasks", tasks::latest, ControlTable.SCHEMA, null));
        tables.add(new QueryTable("freshet.runs", runs::latest, Ledger.SCHEMA, Ledger.SHOWN));
        return tables;
    }

    private Optional<Snapshot> events(String table) {
        return new DeltaTable(store, EVENTS + "/" + table, host).latest();
    }
}
