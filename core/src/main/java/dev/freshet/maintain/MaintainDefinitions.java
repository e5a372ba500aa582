package dev.freshet.maintain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.host.Host;
import dev.freshet.schedule.ImpliedDefinitions;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The maintenance of every table of the lake, each a task that is due now and then. A table is looked after for the
/// first time when it has been there for that long: there is nothing to do before. What was once a table is taken for
/// one as long as the process lives. Safe for use by many threads.
public final class MaintainDefinitions implements ImpliedDefinitions {
    private static final String PREFIX = MaintainKind.ROLE + ":";
    private static final String LOG = "_delta_log";

    private final Store store;
    private final Host host;
    private final Duration every;
    private final Set<String> tables = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> firstDue = new ConcurrentHashMap<>();

    public MaintainDefinitions(Store store, Host host, Duration every) {
        this.store = store;
        this.host = host;
        this.every = every;
    }

    /// What every table of the lake is called, such as `datasets.orders`.
    public List<String> tables() {
        List<TableFolder> found = new ArrayList<>();
        for (String area : TableFolder.AREAS) {
            store.folders(area).forEach(table -> found.add(TableFolder.in(area, table)));
        }
        found.add(TableFolder.RUNS);
        return found.stream().filter(this::isTable).map(TableFolder::name).toList();
    }

    /// A folder without a log may be one that the first commit is still on its way to.
    private boolean isTable(TableFolder folder) {
        if (tables.contains(folder.name())) {
            return true;
        }
        boolean table = store.folders(folder.path()).contains(LOG);
        if (table) {
            tables.add(folder.name());
        }
        return table;
    }

    @Override
    public List<String> ids() {
        return tables().stream().map(PREFIX::concat).toList();
    }

    @Override
    public Optional<JsonNode> definition(String id) {
        return id.startsWith(PREFIX) && TableFolder.isName(id.substring(PREFIX.length()))
                ? Optional.of(TableFolder.named(id.substring(PREFIX.length())))
                        .filter(this::isTable)
                        .map(folder -> definition(id, folder))
                : Optional.empty();
    }

    /// Nobody waits for maintenance, so what failed is tried again when it is due the next time.
    private JsonNode definition(String id, TableFolder folder) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode().put("id", id);
        definition.set("kind", MaintainKind.definition(folder.name()));
        definition.putObject("trigger").put("type", "interval").put("secs", every.toSeconds());
        definition.put("enabled", true);
        definition.putObject("retry").putArray("delays_secs");
        definition.put(
                "next_run_at",
                firstDue.computeIfAbsent(
                                id,
                                _ -> host.now().truncatedTo(ChronoUnit.MICROS).plus(every))
                        .toString());
        return definition;
    }
}
