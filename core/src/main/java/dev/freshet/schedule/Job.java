package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.table.OnForeignCommit;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something to be done under one lease.
///
/// @param schedule null for one-shot work
/// @param work null when there is nothing to do but to settle
record Job(
        String task,
        Target target,
        @Nullable Schedule schedule,
        @Nullable Supplier<Task> work,
        Duration lease,
        Duration stallLimit) {

    static Job scheduled(Schedule schedule, TaskKind kind) {
        return new Job(
                kind.taskName(schedule.kind()),
                target(kind, schedule),
                schedule,
                () -> kind.create(schedule),
                schedule.lease(),
                schedule.stallLimit());
    }

    /// The schedule is not registered anywhere; it only says what to do.
    static Job oneShot(Schedule schedule, TaskKind kind) {
        return new Job(
                kind.taskName(schedule.kind()),
                target(kind, schedule),
                null,
                () -> kind.create(schedule),
                schedule.lease(),
                schedule.stallLimit());
    }

    private static Target target(TaskKind kind, Schedule schedule) {
        String task = kind.taskName(schedule.kind());
        return new Target(kind.role(), kind.targetPath(task), schedule.onForeignCommit(), kind.makesTarget());
    }

    /// Only settles what a dead holder left.
    ///
    /// @param schedule the owner of the task as it was known last; null if there never was one
    static Job settling(String task, TaskKind anyOfItsRole, @Nullable Schedule schedule) {
        Target target = new Target(
                anyOfItsRole.role(),
                anyOfItsRole.targetPath(task),
                OnForeignCommit.PROCEED,
                anyOfItsRole.makesTarget());
        Duration lease = schedule == null ? Schedule.DEFAULT_LEASE : schedule.lease();
        return new Job(task, target, schedule, null, lease, Schedule.DEFAULT_STALL_LIMIT);
    }

    Task newTask() {
        return Objects.requireNonNull(work, "only wanted work is done").get();
    }

    Retry retry() {
        return schedule == null ? new Retry(List.of()) : schedule.retry();
    }

    Optional<Trigger> trigger() {
        return Optional.ofNullable(schedule).map(Schedule::trigger);
    }

    /// Whether what the claimed row stands for is still wanted.
    boolean wants(TaskRow claimed) {
        if (work == null) {
            return false;
        }
        return schedule == null
                ? Claims.isOneShot(claimed)
                : claimed.servingRequest() != null || (schedule.enabled() && Claims.dueInProgress(claimed) != null);
    }
}
