package dev.freshet.simulation;

import dev.freshet.table.Fence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What must hold along the log of one target: fences never decrease, nothing is settled twice, no commit is lost, and
/// nobody commits once another has begun, or begins to when the lease is another's.
final class TargetCheck {
    private final String task;
    private final List<TargetCommit> commits;
    private final Journal journal;
    private final List<ControlVersion> control;
    private final List<String> violations;

    TargetCheck(
            String task,
            List<TargetCommit> commits,
            Journal journal,
            List<ControlVersion> control,
            List<String> violations) {
        this.task = task;
        this.commits = commits;
        this.journal = journal;
        this.control = control;
        this.violations = violations;
    }

    void run() {
        Fence highest = new Fence(0, 0);
        Set<Object> settled = new HashSet<>();
        long count = 0;
        for (TargetCommit commit : commits) {
            String where = task + ", target version " + commit.version() + " by " + commit.runId() + ": ";
            if (commit.fence().isBelow(highest)) {
                violations.add(where + "fence " + commit.fence() + " after " + highest);
            }
            highest = commit.fence();
            if (!commit.raise()) {
                settles(where, commit, settled);
                if (commit.count() != count + 1) {
                    violations.add(where + "position " + commit.count() + " after " + count);
                }
                count = commit.count();
            }
        }
        afterAnother();
        withoutLease();
    }

    private void settles(String where, TargetCommit commit, Set<Object> settled) {
        if (commit.dueAt() != null && !settled.add(commit.dueAt())) {
            violations.add(where + "the due time " + commit.dueAt() + " was settled before");
        }
        if (commit.requestedAt() != null && !settled.add("request " + commit.requestedAt())) {
            violations.add(where + "the request " + commit.requestedAt() + " was served before");
        }
    }

    /// A holder raises the fence before it begins, so nobody else's commit can follow. Without a table there
    /// was nothing to raise.
    private void afterAnother() {
        if (commits.isEmpty()) {
            return;
        }
        Map<String, Fence> fences = fences();
        long born = commits.getFirst().nanos();
        for (TargetCommit commit : commits) {
            for (Journal.Started run : journal.runs()) {
                Fence theirs = fences.get(run.runId());
                if (!commit.raise()
                        && run.task().equals(task)
                        && theirs != null
                        && commit.fence().isBelow(theirs)
                        && run.nanos() > born
                        && run.nanos() < commit.nanos()) {
                    violations.add(task + ", target version " + commit.version() + ": " + commit.runId()
                            + " committed after " + run.runId() + " of " + run.pod() + " had begun");
                }
            }
        }
    }

    private Map<String, Fence> fences() {
        Map<String, Fence> fences = new HashMap<>();
        for (ControlVersion version : control) {
            ControlRow row = version.rows().get(task);
            if (row != null && row.token() != null && row.fence() != null) {
                fences.put(row.token(), row.fence());
            }
        }
        return fences;
    }

    /// Whoever lost its lease to a later claim must have stopped before that, by its own ticker.
    private void withoutLease() {
        String log = SimKind.path(task) + "/_delta_log/";
        for (Journal.Tried attempt : journal.attempts()) {
            if (attempt.key().startsWith(log) && attempt.decidedAt() >= 0) {
                TargetCommit.of(task, 0, attempt.content(), attempt.nanos())
                        .filter(commit -> !commit.raise())
                        .ifPresent(commit -> withoutLease(commit, attempt));
            }
        }
    }

    private void withoutLease(TargetCommit commit, Journal.Tried attempt) {
        if (journal.isEvicted(commit.runId())) {
            return; // it cannot know
        }
        Optional<ControlVersion> taken = control.stream()
                .filter(version -> version.nanos() < attempt.decidedAt())
                .filter(version -> isLater(version.rows().get(task), commit))
                .findFirst();
        taken.ifPresent(version -> violations.add(task + ": " + attempt.pod() + " began to commit as " + commit.runId()
                + " though version " + version.version() + " had given the task to another"));
    }

    private static boolean isLater(ControlRow row, TargetCommit commit) {
        return row != null && row.fence() != null && commit.fence().isBelow(row.fence());
    }
}
