package dev.freshet.rollup;

import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;
import java.time.Instant;
import java.util.Optional;

/// One run of a rollup: looks at the facts and at the state, and rolls up what the state does not have.
final class RollupTask implements Task {
    private final RollupDefinition definition;
    private final Operation operation;
    private final Terms terms;

    RollupTask(RollupDefinition definition, Operation operation, Terms terms) {
        this.definition = definition;
        this.operation = operation;
        this.terms = terms;
    }

    @Override
    public TaskResult run(RunContext context) throws InterruptedException {
        Optional<RollupRun> found = RollupRun.over(context, definition, terms);
        if (found.isEmpty()) {
            return TaskResult.unchanged("source '%s' does not exist yet"
                    .formatted(definition.source().name()));
        }
        RollupRun run = found.get();
        return result(run.doing(() -> work(run)), definition);
    }

    private void work(RollupRun run) throws InterruptedException {
        switch (operation) {
            case Operation.Tick _ -> run.catchUp(true);
            case Operation.Backfill how -> run.backfill(how);
            case Operation.Recompute(Instant from, Instant to) -> run.recompute(from, to);
        }
    }

    static TaskResult result(Done done, RollupDefinition definition) {
        if (done.version() == null) {
            return TaskResult.unchanged("nothing is new since version %d of %s"
                    .formatted(done.processed(), definition.source().name()));
        }
        String slices = "slices=%d resumed=%d".formatted(done.slices(), done.resumed());
        String message = "rows=%d %s version=%d".formatted(done.rows(), slices, done.processed());
        TaskResult result = TaskResult.succeeded(done.rows(), done.bytes(), done.version(), message);
        return done.slices() + done.resumed() > 1 ? result.because(slices) : result;
    }
}
