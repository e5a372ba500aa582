package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.util.function.Supplier;

/// Other work than a task's own, done once under that task's name, lease and fence: no run of the task is under way
/// meanwhile, and what a dead holder of it left is settled first.
///
/// @param kind the kind that the task itself is of
/// @param task its name, such as `rollup:usage_hourly`
/// @param work makes the work of one run
public record OtherWork(TaskKind kind, String task, Supplier<Task> work) implements TaskKind {
    @Override
    public String type() {
        return kind.type();
    }

    @Override
    public void validate(JsonNode definition) {}

    @Override
    public String taskName(JsonNode definition) {
        return task;
    }

    @Override
    public String label(JsonNode definition) {
        return task;
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
    public boolean makesTarget() {
        return kind.makesTarget();
    }

    @Override
    public Task create(Schedule schedule) {
        return work.get();
    }
}
