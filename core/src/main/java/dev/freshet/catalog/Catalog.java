package dev.freshet.catalog;

import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The datasets of a lake. Each Delta table under `datasets/` is its own entry; this reads them and keeps nothing
/// but their newest state between calls. Safe for use by many threads.
public final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final String FOLDER = "datasets";

    private final Store store;
    private final Host host;
    private final Map<String, DeltaTable> tables = new ConcurrentHashMap<>();

    public Catalog(Store store, Host host) {
        this.store = store;
        this.host = host;
    }

    /// The names of what lies under `datasets/`, sorted; nothing is read.
    public List<String> names() {
        return store.folders(FOLDER);
    }

    /// All datasets by name, without objects. A table that cannot be read is left out with a warning that names it.
    public List<Dataset> datasets() {
        return names().stream().flatMap(name -> readable(name).stream()).toList();
    }

    private Optional<Dataset> readable(String name) {
        try {
            return dataset(name, false);
        } catch (FreshetException e) {
            LOG.warn("dataset {} is not shown: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /// One dataset at its newest version; empty if there certainly is none.
    public Optional<Dataset> dataset(String name, boolean withObjects) {
        return snapshot(name).map(snapshot -> Entries.dataset(name, store, snapshot, withObjects));
    }

    /// The newest version of a dataset's table; empty as well while it has no columns.
    public Optional<Snapshot> snapshot(String name) {
        return tables.computeIfAbsent(name, key -> new DeltaTable(store, FOLDER + "/" + key, host))
                .latest()
                .filter(Snapshot::hasColumns);
    }
}
