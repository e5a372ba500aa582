package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Judges how a task's attempt ended, by its last commit first: what is in the target has happened, whatever the
/// task says. Then writes the records.
final class Conclusion {
    private final Surroundings around;
    private final Job job;
    private final RunSession session;
    private final Books books;

    Conclusion(Surroundings around, Job job, RunSession session, Books books) {
        this.around = around;
        this.job = job;
        this.session = session;
        this.books = books;
    }

    Ending of(TaskRow claimed, @Nullable TaskResult result, @Nullable Throwable thrown) {
        if (thrown != null) {
            around.listener().failed(session.runId(), job.task(), thrown);
        }
        return switch (session.lastCommit()) {
            case CommitOutcome.Unknown(var reason) -> new Ending.Abandon(reason);
            case CommitOutcome.Fenced(var theirs) -> new Ending.Abandon("another holder has the fence " + theirs);
            case CommitOutcome.Adopted(var mark, var version) -> adopted(claimed, mark, version);
            case CommitOutcome.Committed(var version, var _) -> succeeded(claimed, result, version);
            case CommitOutcome.Conflict(var reason) ->
                uncommitted(claimed, null, thrown == null ? conflict(reason) : thrown);
            case null -> uncommitted(claimed, result, thrown);
        };
    }

    private FreshetException conflict(String reason) {
        return new FreshetException(ErrorCode.CONFLICT, job.task() + ": " + reason);
    }

    /// Nothing in the target would tell the next holder, so only whoever still has the lease may say how it ended.
    private Ending uncommitted(TaskRow claimed, @Nullable TaskResult result, @Nullable Throwable thrown) {
        if (!session.mayCommit()) {
            return new Ending.Abandon(Failure.text(Cancellation.LEASE_RAN_OUT, job));
        }
        return result == null
                ? failed(claimed, Objects.requireNonNull(thrown))
                : done(
                        claimed,
                        RunRecord.of(claimed)
                                .figures(result.rows(), result.bytes(), result.version())
                                .reason(result.reason()),
                        result.outcome());
    }

    private Ending succeeded(TaskRow claimed, @Nullable TaskResult result, long version) {
        long rows = result == null ? session.rows() : result.rows();
        long bytes = result == null ? session.bytes() : result.bytes();
        RunRecordBuilder run =
                RunRecord.of(claimed).figures(rows, bytes, version).reason(result == null ? null : result.reason());
        return done(claimed, run, Outcome.SUCCEEDED);
    }

    /// Somebody settled this very due time before; there it is, and this run was for nothing.
    private Ending adopted(TaskRow claimed, Mark mark, long version) {
        RunRecordBuilder run = RunRecord.of(claimed)
                .adopted(mark.runId(), mark.fence())
                .reason("adopted by " + around.pod().id())
                .figures(null, null, version);
        return done(claimed, run, Outcome.SUCCEEDED);
    }

    private Ending done(TaskRow claimed, RunRecordBuilder run, Outcome outcome) {
        Instant finished = DueTimes.notBefore(around.now(), Claims.dueInProgress(claimed));
        RunRecord record = run.settled(true).ended(outcome, finished);
        List<RunRecord> ranges = books.passedOver(claimed, run, job.trigger(), finished);
        return recorded(record, ranges, RowAfter.settled(record, job.trigger(), ranges), Duration.ZERO);
    }

    private Ending failed(TaskRow claimed, Throwable thrown) {
        Cancellation why = session.cancellation();
        if (why == Cancellation.LEASE_RAN_OUT) {
            return new Ending.Abandon(Failure.text(why, job));
        }
        Failure failure = Failure.of(why, thrown, job);
        RunRecordBuilder run = RunRecord.of(claimed).error(failure.code(), failure.message());
        Instant finished = DueTimes.notBefore(around.now(), Claims.dueInProgress(claimed));
        if (why == Cancellation.SHUTDOWN && !Claims.isOneShot(claimed)) {
            return handedBack(claimed, run.reason("shutdown").ended(Outcome.FAILED, finished), finished);
        }
        boolean last = Claims.dueInProgress(claimed) == null || job.retry().isLast(claimed.attempt());
        RunRecord record = run.settled(last).ended(Outcome.FAILED, finished);
        if (last) {
            List<RunRecord> ranges = books.passedOver(claimed, run, job.trigger(), finished);
            return recorded(record, ranges, RowAfter.settled(record, job.trigger(), ranges), Duration.ZERO);
        }
        List<RunRecord> ranges = books.claimed(claimed, run, finished);
        Duration delay = job.retry().delayAfter(claimed.attempt(), around.host().random());
        return recorded(record, ranges, RowAfter.retry(record, finished.plus(delay), ranges), delay);
    }

    private Ending handedBack(TaskRow claimed, RunRecord record, Instant finished) {
        List<RunRecord> ranges = books.claimed(claimed, RunRecord.of(claimed), finished);
        return recorded(
                record,
                ranges,
                RowAfter.handedBack(finished, claimed.attempt() - 1, claimed.servingRequest(), ranges),
                Duration.ZERO);
    }

    private Ending recorded(RunRecord record, List<RunRecord> ranges, UnaryOperator<TaskRow> change, Duration retryIn) {
        record(record, ranges);
        around.listener().finished(record, retryIn);
        return new Ending.Release(change, record);
    }

    /// What cannot be written down is at least told.
    private void record(RunRecord record, List<RunRecord> ranges) {
        try {
            books.record(Stream.concat(Stream.of(record), ranges.stream()).toList());
        } catch (FreshetException e) {
            String how =
                    record.outcome() == Outcome.FAILED ? "it failed (" + record.error() + ")" : "it came to its end";
            throw new FreshetException(e.code(), how + ", which could not be recorded: " + e.getMessage(), e);
        }
    }
}
