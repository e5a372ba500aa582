package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.Layout;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.schedule.TaskResult;
import dev.freshet.table.OnForeignCommit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The task `migrate`. It writes no table: the numbered documents of the layout decide that each migration is written
/// down once, and what a migration changes is changed under leases of its own.
record MigrateKind(Layout layout, List<LakeMigration> migrations) implements TaskKind {
    @Override
    public String type() {
        return "migrate";
    }

    @Override
    public boolean isDefinable() {
        return false;
    }

    @Override
    public void validate(JsonNode kind) {}

    @Override
    public String taskName(JsonNode kind) {
        return "migrate";
    }

    @Override
    public String label(JsonNode kind) {
        return "migrate";
    }

    /// There is no such table.
    @Override
    public String targetPath(String taskName) {
        return "_freshet/migrate";
    }

    @Override
    public String role() {
        return "migrate";
    }

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
        return this::run;
    }

    private TaskResult run(RunContext context) throws Exception {
        long applied = 0;
        for (LakeMigration migration : migrations) {
            if (layout.version() < migration.to()) {
                applied += apply(migration, context);
                context.progress(applied, 0);
            }
        }
        return TaskResult.unchanged(applied == 0 ? "the lake has the newest layout" : "migrations=" + applied);
    }

    private long apply(LakeMigration migration, RunContext context) throws Exception {
        String result = migration.step().apply(context);
        if (context.cancelled()) {
            throw new FreshetException(
                    ErrorCode.CANCELLED, "stopped before migration " + migration.name() + " was written down");
        }
        if (!layout.record(migration.to(), migration.name() + ": " + result)) {
            return 0;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("layout", migration.to());
        details.put("name", migration.name());
        details.put("result", result);
        context.happened(EventType.MIGRATION_APPLIED, details);
        return 1;
    }
}
