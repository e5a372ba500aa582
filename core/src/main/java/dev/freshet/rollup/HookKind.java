package dev.freshet.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.table.OnForeignCommit;
import java.util.function.Supplier;

/// A rollup's task with other work, under the same name, lease and fence.
record HookKind(RollupKind kind, Supplier<Task> work) implements TaskKind {
    @Override
    public String type() {
        return kind.type();
    }

    @Override
    public void validate(JsonNode definition) {
        kind.validate(definition);
    }

    @Override
    public String taskName(JsonNode definition) {
        return kind.taskName(definition);
    }

    @Override
    public String label(JsonNode definition) {
        return kind.label(definition);
    }

    @Override
    public String targetPath(String taskName) {
        return kind.targetPath(taskName);
    }

    @Override
    public String role() {
        return kind.role();
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode definition) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return work.get();
    }
}
