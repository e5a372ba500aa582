package dev.freshet.maintain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.schedule.Fields;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.OnForeignCommit;
import dev.freshet.table.Snapshot;
import dev.freshet.table.StillNeeded;
import java.util.List;
import java.util.function.Consumer;

/// The kind of work that looks after one table of the lake: `maintain:datasets.orders` removes rows that are too old,
/// joins small files, cleans the log and deletes dead files of `datasets/orders`. It runs beside the task that makes
/// the table, under a lease and a fence of its own. Stateless, safe for use by many threads.
public final class MaintainKind implements TaskKind {
    static final String ROLE = "maintain";
    private static final String TYPE = ROLE;
    private static final String PREFIX = ROLE + ":";

    private final MaintainTerms terms;
    private final StillNeeded needed;
    private final Consumer<Maintained> report;

    /// @param needed what others still need of the tables
    public MaintainKind(MaintainTerms terms, StillNeeded needed) {
        this(terms, needed, _ -> {});
    }

    /// @param report told what each run did that came to its end
    public MaintainKind(MaintainTerms terms, StillNeeded needed, Consumer<Maintained> report) {
        this.terms = terms;
        this.needed = needed;
        this.report = report;
    }

    /// The `kind` object for a table.
    ///
    /// @param table as queries name it, such as `datasets.orders`
    public static JsonNode definition(String table) {
        return JsonNodeFactory.instance.objectNode().put("type", TYPE).put("table", table);
    }

    /// What a run would do to a table now; changes nothing.
    ///
    /// @param table as queries name it
    /// @throws FreshetException (UNKNOWN_ID) if there is no such table
    public Maintained plan(Store store, Host host, String table) {
        TableFolder folder = TableFolder.named(table);
        DeltaTable found = DeltaTable.withoutUpkeep(store, folder.path(), host);
        Snapshot snapshot = found.latest()
                .filter(Snapshot::hasColumns)
                .orElseThrow(() -> new FreshetException(ErrorCode.UNKNOWN_ID, "there is no table " + table));
        return new MaintainPlan(new Rules(folder, terms, needed), found, host.now()).of(snapshot);
    }

    private static TableFolder folder(JsonNode kind) {
        return TableFolder.named(
                Fields.of("kind", kind, List.of("type", "table")).text("table"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void validate(JsonNode kind) {
        TableFolder _ = folder(kind);
    }

    @Override
    public String taskName(JsonNode kind) {
        return PREFIX + folder(kind).name();
    }

    @Override
    public String label(JsonNode kind) {
        return taskName(kind);
    }

    @Override
    public String targetPath(String taskName) {
        return TableFolder.named(taskName.substring(PREFIX.length())).path();
    }

    @Override
    public String role() {
        return ROLE;
    }

    /// The rows stay what others made them.
    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public boolean makesTarget() {
        return false;
    }

    @Override
    public Task create(Schedule schedule) {
        return new MaintainTask(new Rules(folder(schedule.kind()), terms, needed), report);
    }
}
