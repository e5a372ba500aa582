package dev.freshet.control;

import dev.freshet.control.EditOutcome.Edited;
import dev.freshet.control.EditOutcome.Unchanged;
import dev.freshet.host.Host;
import java.util.Optional;
import java.util.function.Function;

/// A change to a row that is no matter of leases: a request, an owner, a new task. Asked on the newest row, and
/// again after every conflict. What makes up the lease stays as it is, whatever the edit returns.
///
/// @param change from the row, if there is one, to the new row; empty leaves it alone
public record Edit(String task, Function<Optional<TaskRow>, Optional<TaskRow>> change) {
    /// Asks for a run of the task, later than every request before, whatever this machine's clock says.
    public static Edit request(String task, Host host) {
        return new Edit(task, known -> {
            TaskRow row = known.orElseGet(() -> TaskRow.idle(task, host.now()));
            return Optional.of(
                    row.with().requestedAt(row.newRequest(host.now())).build());
        });
    }

    /// This edit, and then another one of the same task.
    public Edit then(Edit next) {
        return new Edit(task, row -> {
            Optional<TaskRow> changed = change.apply(row);
            return next.change.apply(changed.or(() -> row)).or(() -> changed);
        });
    }

    Verdict<EditOutcome> on(Optional<TaskRow> row, Moment moment) {
        TaskRow before = row.orElseGet(() -> unclaimed(moment));
        return change.apply(row)
                .map(wanted -> withLeaseOf(before, wanted))
                .filter(wanted -> row.isEmpty() || !wanted.equals(before))
                .map(wanted -> Verdict.<EditOutcome>write(wanted, new Edited(wanted)))
                .orElseGet(() -> Verdict.leave(new Unchanged()));
    }

    private TaskRow unclaimed(Moment moment) {
        return TaskRow.idle(task, moment.now()).with().podId(moment.pod().id()).build();
    }

    private static TaskRow withLeaseOf(TaskRow before, TaskRow wanted) {
        if (!wanted.task().equals(before.task())) {
            throw new IllegalArgumentException(wanted.task() + " is not " + before.task());
        }
        return wanted.with()
                .status(before.status())
                .podId(before.podId())
                .claimedAt(before.claimedAt())
                .completedAt(before.completedAt())
                .token(before.token())
                .heartbeat(before.heartbeat())
                .fence(before.fence())
                .lease(before.lease())
                .instanceId(before.instanceId())
                .servingRequest(before.servingRequest())
                .build();
    }
}
