package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.checkpoint.Collected;
import dev.freshet.checkpoint.Repaired;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.checkpoint.Verified;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.OtherWork;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.schedule.TaskResult;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The checkpoints of one task as people look after them. Reading needs no lease; what changes something waits
/// for the task's own one, so that nobody runs the task meanwhile. Safe for use by many threads.
public final class TaskCheckpoints {
    private final String task;
    private final Checkpoints checkpoints;
    private final List<TaskKind> kinds;
    private final Function<RunListener, Runner> foreground;

    TaskCheckpoints(
            String task, Checkpoints checkpoints, List<TaskKind> kinds, Function<RunListener, Runner> foreground) {
        this.task = task;
        this.checkpoints = checkpoints;
        this.kinds = List.copyOf(kinds);
        this.foreground = foreground;
    }

    /// Oldest first; none for a task that never had any. A lost or damaged catalog is a `CORRUPT`.
    public List<Checkpoint> list() {
        return checkpoints.list();
    }

    /// Reads everything that they need and compares it with what was written down.
    public List<Verified> verify() {
        return checkpoints.verify();
    }

    /// All bytes that they take, with what a dead holder left.
    public long storageInUse() {
        return checkpoints.storageInUse();
    }

    /// Removes all but the newest few, as the setting `checkpoint.keep` says, and what a dead holder left.
    ///
    /// @param wait whether to wait for a run that is going; a `LEASE_HELD` if not
    public Collected gc(boolean wait, RunListener listener) throws InterruptedException {
        return underLease(TaskCheckpoints::collect, wait, listener);
    }

    private static Collected collect(RunContext context) {
        Checkpointer checkpointer = context.checkpointer();
        return checkpointer.atStart().and(checkpointer.gc(Set.of()));
    }

    /// Removes all of them, and what a dead holder left: the task's next run begins anew.
    ///
    /// @param wait whether to wait for a run that is going; a `LEASE_HELD` if not
    public Collected clear(boolean wait, RunListener listener) throws InterruptedException {
        return underLease(TaskCheckpoints::clear, wait, listener);
    }

    private static Collected clear(RunContext context) {
        Checkpointer checkpointer = context.checkpointer();
        return checkpointer.atStart().and(checkpointer.clear());
    }

    /// Makes a lost or damaged catalog again from the checkpoints that are whole.
    ///
    /// @param wait whether to wait for a run that is going; a `LEASE_HELD` if not
    public Repaired repair(boolean wait, RunListener listener) throws InterruptedException {
        return underLease(TaskCheckpoints::repair, wait, listener);
    }

    private static Repaired repair(RunContext context) {
        Tenure tenure = new Tenure(context.task(), context.fence(), () -> requireLease(context));
        return Checkpointer.repair(context.store(), context.host(), tenure);
    }

    private static void requireLease(RunContext context) {
        if (context.cancelled()) {
            throw new FreshetException(ErrorCode.CANCELLED, context.task() + ": the repair was stopped; run it again");
        }
    }

    private <T> T underLease(Function<RunContext, T> work, boolean wait, RunListener listener)
            throws InterruptedException {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        AtomicReference<@Nullable FreshetException> failure = new AtomicReference<>();
        Task upkeep = context -> {
            try {
                result.set(work.apply(context));
                return TaskResult.unchanged("checkpoints looked after");
            } catch (FreshetException e) {
                failure.set(e);
                throw e;
            }
        };
        OtherWork kind = new OtherWork(kind(), task, () -> upkeep);
        try (Runner runner = foreground.apply(listener)) {
            RunRecord run = runner.once(kind, JsonNodeFactory.instance.objectNode(), wait);
            FreshetException thrown = failure.get();
            if (thrown != null) throw thrown;
            T found = result.get();
            if (found != null) return found;
            throw new FreshetException(
                    ErrorCode.CANCELLED, task + ": " + Objects.toString(run.error(), "it was stopped"));
        }
    }

    /// What a dead holder of the task left can be found from its kind only.
    private TaskKind kind() {
        if (!checkpoints.exist()) {
            throw new FreshetException(ErrorCode.UNKNOWN_ID, "there are no checkpoints of '" + task + "'");
        }
        return kinds.stream()
                .filter(kind -> task.startsWith(kind.role() + ":"))
                .findFirst()
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNSUPPORTED, "this Freshet knows no such kind of task as '" + task + "'"));
    }
}
