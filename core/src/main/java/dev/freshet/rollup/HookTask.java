package dev.freshet.rollup;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a migration's hook does under the lease, on the state as it is then. The reasons have the names that those who
/// migrate know.
final class HookTask implements Task {
    static final String STATE_MISSING = "rollup_state_missing";
    static final String EMPTY = "task_usage_empty";
    static final String WITHIN_THRESHOLD = "watermark_within_threshold";

    private final RollupKind kind;
    private final Order order;
    private final Consumer<MigrationResult> report;

    /// @param lag the most that is no reason for a backfill
    /// @param stale the state that was read before anybody waited, for a hook that does not read it again; else null
    record Order(
            RollupDefinition definition,
            Duration lag,
            @Nullable Optional<RollupState> stale) {}

    HookTask(RollupKind kind, Order order, Consumer<MigrationResult> report) {
        this.kind = kind;
        this.order = order;
        this.report = report;
    }

    @Override
    public TaskResult run(RunContext context) throws InterruptedException {
        Optional<RollupRun> found = RollupRun.over(context, order.definition(), kind.terms());
        if (found.isEmpty()) {
            boolean hasState = context.target().flatMap(RollupState::in).isPresent();
            String skipped = hasState ? EMPTY : STATE_MISSING;
            report.accept(new MigrationResult(skipped, 0, 0, null, null, null, null));
            return TaskResult.unchanged(skipped);
        }
        RollupRun run = found.get();
        try {
            Done done = run.doing(() -> decide(run));
            return RollupTask.result(done, order.definition());
        } catch (FreshetException e) {
            Done done = run.done();
            report.accept(new MigrationResult(null, done.slices(), done.rows(), null, null, null, e.getMessage()));
            throw e;
        }
    }

    private void decide(RollupRun run) throws InterruptedException {
        Optional<RollupState> state = order.stale() == null ? run.state() : order.stale();
        if (state.isEmpty()) {
            report.accept(new MigrationResult(STATE_MISSING, 0, 0, null, null, null, null));
            return;
        }
        Optional<FactsQuery.Reach> reach = run.reach();
        if (reach.isEmpty()) {
            run.catchUp(false);
            run.stamp();
            report(EMPTY, run, reach);
            return;
        }
        Instant watermark = state.get().watermarkAt();
        if (watermark == null) {
            throw new FreshetException(
                    ErrorCode.CORRUPT,
                    "rollup '%s': its state has no watermark; somebody must look at it and run: freshet rollup backfill %s"
                            .formatted(
                                    order.definition().name(),
                                    order.definition().name()));
        }
        if (Duration.between(watermark, reach.get().newest()).compareTo(order.lag()) <= 0) {
            if (kind.terms().keeps(Safeguard.GAP_IS_ROLLED_UP)) {
                run.catchUp(false);
            }
            run.stamp();
            report(WITHIN_THRESHOLD, run, reach);
            return;
        }
        run.backfill(new Operation.Backfill(OptionalInt.empty(), false, Duration.ZERO));
        report(null, run, reach);
    }

    private void report(@Nullable String skipped, RollupRun run, Optional<FactsQuery.Reach> reach) {
        Done done = run.done();
        report.accept(new MigrationResult(
                skipped,
                done.slices(),
                done.rows(),
                reach.map(found -> Slices.start(Slices.month(found.oldest()))).orElse(null),
                reach.map(found -> Slices.start(Slices.month(found.newest()).plusMonths(1)))
                        .orElse(null),
                done.watermark(),
                null));
    }
}
