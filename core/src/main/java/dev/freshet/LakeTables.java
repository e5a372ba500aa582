package dev.freshet;

import dev.freshet.catalog.Catalog;
import dev.freshet.control.ControlTable;
import dev.freshet.host.Host;
import dev.freshet.query.QueryTable;
import dev.freshet.schedule.Ledger;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import java.util.ArrayList;
import java.util.List;

/// What queries may name: every dataset, and what Freshet knows of itself.
final class LakeTables {
    private final Catalog catalog;
    private final DeltaTable tasks;
    private final DeltaTable runs;

    LakeTables(Store store, Host host, Catalog catalog) {
        this.catalog = catalog;
        this.tasks = new DeltaTable(store, ControlTable.PATH, host);
        this.runs = new DeltaTable(store, Ledger.PATH, host);
    }

    List<QueryTable> all() {
        List<QueryTable> tables = new ArrayList<>();
        catalog.names().forEach(name -> tables.add(QueryTable.of(name, () -> catalog.snapshot(name))));
        tables.add(new QueryTable("freshet.tasks", tasks::latest, ControlTable.SCHEMA, null));
        tables.add(new QueryTable("freshet.runs", runs::latest, Ledger.SCHEMA, Ledger.SHOWN));
        return tables;
    }
}
