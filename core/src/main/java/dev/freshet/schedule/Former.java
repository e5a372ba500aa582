package dev.freshet.schedule;

import dev.freshet.control.Eviction;
import dev.freshet.control.Lease;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.host.Guard;
import dev.freshet.table.Mark;
import dev.freshet.table.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Settles the attempt of a holder whose lease expired, once the fence keeps it from committing: what it committed
/// is adopted, what it recorded is released on its behalf, and everything else was lost.
final class Former {
    private final Surroundings around;
    private final Job job;
    private final Books books;

    Former(Surroundings around, Job job, Books books) {
        this.around = around;
        this.job = job;
        this.books = books;
    }

    /// @param left what the raised snapshot shows
    /// @return empty when the work is to be done now
    Optional<Ending> settle(Lease lease, Optional<Settled> left) {
        if (!lease.reclaimed()) {
            return Optional.empty();
        }
        TaskRow dead = lease.former().orElseThrow();
        around.listener().reclaimed(job.task(), dead.podId());
        settleThoseBefore(dead, lease, left);
        return settled(dead, lease, left)
                .map(change -> new Ending.Release(RowAfter.keepingRequest(change, dead, lease.row()), null));
    }

    /// Whoever the dead holder took the task from is lost, too, if it died before it could say so; a commit that one of
    /// them left for an earlier request than the dead holder's is adopted, however little else is known of it. All in
    /// one append, or a chain that is told in part would look as if it were told.
    private void settleThoseBefore(TaskRow dead, Lease lease, Optional<Settled> left) {
        List<TaskRow> before = books.unrecordedBefore(dead);
        Optional<RunRecord> adopted = left.filter(found -> isEarlier(found.mark(), dead))
                .map(found ->
                        adoption(rowOf(found.mark(), before, lease), found).ended(Outcome.SUCCEEDED, around.now()));
        List<RunRecord> lost = before.stream()
                .filter(row -> left.filter(found -> found.mark().runId().equals(row.token()))
                        .isEmpty())
                .map(row -> silent(row).settled(Claims.isOneShot(row)).ended(Outcome.LOST, endOf(row)))
                .toList();
        List<RunRecord> records = Stream.concat(adopted.stream(), lost.stream()).toList();
        if (!records.isEmpty()) {
            books.record(records);
        }
        adopted.ifPresent(around.listener()::adopted);
        lost.forEach(around.listener()::lost);
    }

    /// Whether a commit settled something for an earlier run than the dead holder's that is not in the ledger.
    private boolean isEarlier(Mark mark, TaskRow dead) {
        return mark.settles()
                && !settles(mark, dead)
                && !mark.runId().equals(dead.token())
                && around.ledger().runs(job.task()).stream()
                        .noneMatch(run -> run.runId().equals(mark.runId()) && run.outcome() == Outcome.SUCCEEDED);
    }

    /// The claim that a commit was made under; when it is forgotten, what its mark says.
    private static TaskRow rowOf(Mark mark, List<TaskRow> known, Lease lease) {
        return known.stream()
                .filter(row -> mark.runId().equals(row.token()))
                .findFirst()
                .orElseGet(() -> lease.row()
                        .with()
                        .dueAt(mark.dueAt().orElse(null))
                        .retryAt(null)
                        .requestedAt(mark.requestedAt().orElse(null))
                        .servingRequest(mark.requestedAt().orElse(null))
                        .missedFrom(null)
                        .missedTo(null)
                        .build());
    }

    private Optional<UnaryOperator<TaskRow>> settled(TaskRow dead, Lease lease, Optional<Settled> left) {
        Optional<Settled> done =
                left.filter(found -> around.host().keeps(Guard.ADOPTION) && settles(found.mark(), dead));
        if (done.isPresent()) {
            return Optional.of(adopted(dead, done.get()));
        }
        Optional<RunRecord> recorded = recorded(dead);
        if (recorded.isPresent()) {
            return Optional.of(released(dead, recorded.get()));
        }
        return Claims.hasWork(dead) ? lost(dead, lease) : Optional.empty();
    }

    private static boolean settles(Mark mark, TaskRow dead) {
        Instant due = Claims.dueInProgress(dead);
        return (due != null && mark.dueAt().equals(Optional.of(due)))
                || (dead.servingRequest() != null && mark.requestedAt().equals(Optional.of(dead.servingRequest())));
    }

    private UnaryOperator<TaskRow> adopted(TaskRow dead, Settled done) {
        RunRecordBuilder run = adoption(dead, done);
        RunRecord record = run.ended(Outcome.SUCCEEDED, endOf(dead));
        List<RunRecord> ranges = books.passedOver(dead, run, job.trigger(), record.finishedAt());
        books.record(Stream.concat(Stream.of(record), ranges.stream()).toList());
        around.listener().adopted(record);
        return RowAfter.settled(record, job.trigger(), ranges);
    }

    private RunRecordBuilder adoption(TaskRow row, Settled done) {
        Mark mark = done.mark();
        return RunRecord.of(row)
                .adopted(mark.runId(), mark.fence())
                .reason("adopted by " + around.pod().id())
                .figures(number(mark, "rows"), number(mark, "bytes"), done.version())
                .settled(true);
    }

    private static @Nullable Long number(Mark mark, String name) {
        return mark.extras().get(name) instanceof Number number ? number.longValue() : null;
    }

    /// What the dead holder, or another one of its due time, wrote before it could release.
    private Optional<RunRecord> recorded(TaskRow dead) {
        Instant due = Claims.dueInProgress(dead);
        List<RunRecord> ran = around.ledger().about(dead);
        return ran.stream()
                .filter(run -> run.settled() && due != null && due.equals(run.dueAt()))
                .findFirst()
                .or(() -> ran.stream()
                        .filter(run -> run.runId().equals(dead.token()))
                        .findFirst());
    }

    private UnaryOperator<TaskRow> released(TaskRow dead, RunRecord record) {
        List<RunRecord> ranges = books.passedOver(dead, RunRecord.of(dead), job.trigger(), record.finishedAt());
        if (record.settled()) {
            books.record(ranges);
            return RowAfter.settled(record, job.trigger(), ranges);
        }
        Duration delay = job.retry().delayAfter(record.attempt(), around.host().random());
        return RowAfter.retry(record, record.finishedAt().plus(delay), ranges);
    }

    private Optional<UnaryOperator<TaskRow>> lost(TaskRow dead, Lease lease) {
        Instant now = endOf(dead);
        boolean last = Claims.isOneShot(dead) || job.retry().isLast(dead.attempt());
        Eviction eviction = lease.eviction();
        RunRecordBuilder run = eviction == null ? silent(dead) : evicted(dead, eviction);
        run.settled(last);
        RunRecord record = run.ended(Outcome.LOST, now);
        if (!last && job.wants(lease.row())) {
            books.record(List.of(record));
            around.listener().lost(record);
            return Optional.empty();
        }
        List<RunRecord> ranges = last ? books.passedOver(dead, run, job.trigger(), now) : books.claimed(dead, run, now);
        books.record(Stream.concat(Stream.of(record), ranges.stream()).toList());
        around.listener().lost(record);
        if (last) {
            return Optional.of(RowAfter.settled(record, job.trigger(), ranges));
        }
        return Optional.of(
                eviction == null
                        ? RowAfter.handedBack(now, dead.attempt(), null, ranges)
                        : RowAfter.evicted(record, dead.servingRequest(), ranges));
    }

    /// Not before its due time: the clock of the one that died may be ahead of ours, and due times only move forward.
    private Instant endOf(TaskRow row) {
        return DueTimes.notBefore(around.now(), Claims.dueInProgress(row));
    }

    private RunRecordBuilder silent(TaskRow dead) {
        return RunRecord.of(dead)
                .error(
                        ErrorCode.FENCED,
                        job.task() + ": pod " + dead.podId() + " stopped renewing its lease and left nothing behind");
    }

    private RunRecordBuilder evicted(TaskRow dead, Eviction eviction) {
        String released = "released by " + eviction.by();
        return RunRecord.of(dead)
                .reason(released)
                .error(ErrorCode.FENCED, job.task() + ": " + released + " while pod " + dead.podId() + " held it");
    }
}
