package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.schedule.TaskResult;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.OnForeignCommit;
import java.util.Map;

/// Removes all rows of a rollup's table, under the rollup's own lease. The table stays, empty: versions before this
/// one can be read as long as they are kept, and its numbers are never used again.
record DropTable(String name) implements TaskKind {
    static String folder(String rollup) {
        return "rollups/" + rollup;
    }

    @Override
    public String type() {
        return "drop";
    }

    @Override
    public void validate(JsonNode kind) {}

    @Override
    public String taskName(JsonNode kind) {
        return "rollup:" + name;
    }

    @Override
    public String label(JsonNode kind) {
        return "drop:" + name;
    }

    @Override
    public String targetPath(String taskName) {
        return folder(name);
    }

    @Override
    public String role() {
        return "rollup";
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return DropTable::run;
    }

    private static TaskResult run(RunContext context) {
        CommitOutcome outcome =
                context.commit(_ -> Change.of("DROP ROLLUP").removeAll(), context.startedFrom(), Map.of());
        return outcome instanceof CommitOutcome.Committed(var version, var _)
                ? TaskResult.succeeded(0, 0, version, "all rows removed")
                : TaskResult.unchanged("not removed: " + outcome);
    }
}
