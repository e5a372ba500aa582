package dev.freshet.schedule;

import dev.freshet.checkpoint.CheckpointRetention;
import dev.freshet.table.LogRetention;
import java.time.Duration;

/// How a [Runner] behaves.
///
/// @param poll how often it looks for due work, about; it looks more often when leases or due times ask for it
/// @param maxRuns how many schedules run at once in this process
/// @param grace how long running work may go on once the process shall end
/// @param logs how the logs of the ledger and of the tables that runs write are cleaned
/// @param checkpointsKept how many checkpoints of a task a collection keeps
public record RunnerOptions(Duration poll, int maxRuns, Duration grace, LogRetention logs, int checkpointsKept) {
    /// Every 10 seconds, four at once, 30 seconds.
    public static final RunnerOptions DEFAULT =
            new RunnerOptions(Duration.ofSeconds(10), 4, Duration.ofSeconds(30), LogRetention.DEFAULT);

    public RunnerOptions(Duration poll, int maxRuns, Duration grace, LogRetention logs) {
        this(poll, maxRuns, grace, logs, CheckpointRetention.DEFAULT.kept());
    }

    public RunnerOptions {
        if (!poll.isPositive() || maxRuns < 1 || grace.isNegative()) {
            throw new IllegalArgumentException("poll and maxRuns are positive, grace is not negative");
        }
        if (checkpointsKept < 1) {
            throw new IllegalArgumentException("at least one checkpoint is kept");
        }
    }

    public RunnerOptions withCheckpointsKept(int newCheckpointsKept) {
        return new RunnerOptions(poll, maxRuns, grace, logs, newCheckpointsKept);
    }

    public RunnerOptions withPoll(Duration newPoll) {
        return new RunnerOptions(newPoll, maxRuns, grace, logs, checkpointsKept);
    }

    public RunnerOptions withMaxRuns(int newMaxRuns) {
        return new RunnerOptions(poll, newMaxRuns, grace, logs, checkpointsKept);
    }

    public RunnerOptions withGrace(Duration newGrace) {
        return new RunnerOptions(poll, maxRuns, newGrace, logs, checkpointsKept);
    }
}
