package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.schedule.TaskResult;
import dev.freshet.table.OnForeignCommit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Work on a task's checkpoints under that task's own lease, so that no run of it is under way meanwhile and what
/// a dead holder left is settled first. It commits nothing to the target.
///
/// @param ofTask the kind that the task itself is of
record CheckpointUpkeep<T>(
        TaskKind ofTask,
        String task,
        Function<RunContext, T> work,
        AtomicReference<@Nullable T> result,
        AtomicReference<@Nullable FreshetException> failure)
        implements TaskKind {
    CheckpointUpkeep(TaskKind ofTask, String task, Function<RunContext, T> work) {
        this(ofTask, task, work, new AtomicReference<>(), new AtomicReference<>());
    }

    @Override
    public String type() {
        return "checkpoint";
    }

    @Override
    public void validate(JsonNode kind) {}

    @Override
    public String taskName(JsonNode kind) {
        return task;
    }

    @Override
    public String label(JsonNode kind) {
        return "checkpoint:" + task;
    }

    @Override
    public String targetPath(String taskName) {
        return ofTask.targetPath(taskName);
    }

    @Override
    public String role() {
        return ofTask.role();
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return this::run;
    }

    private TaskResult run(RunContext context) {
        try {
            result.set(work.apply(context));
            return TaskResult.unchanged("checkpoints looked after");
        } catch (FreshetException e) {
            failure.set(e);
            throw e;
        }
    }
}
