package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.table.Fence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the run ledger: an attempt that ended, or a range of due times that nobody ran. Immutable.
///
/// @param runId the token of the claim; a range bears the id of the run that recorded it
/// @param schedule null for one-shot work
/// @param attempt which try of the due time it was, from 1
/// @param settled whether no further attempt follows
/// @param reason why due times were passed over, or a run handed back or superseded, or how its work was done
/// @param adopted whether another process found the run's commit and recorded it
/// @param version of the target, made by the run's data commit
/// @param errorCode an [dev.freshet.error.ErrorCode]'s name
/// @param missedFrom first due time of a range
/// @param missedTo last due time of a range
/// @param count due times of a range; 0 for a run
public record RunRecord(
        String runId,
        String task,
        @Nullable String schedule,
        @Nullable Instant dueAt,
        @Nullable Instant requestedAt,
        int attempt,
        Instant startedAt,
        Instant finishedAt,
        Outcome outcome,
        boolean settled,
        @Nullable String reason,
        boolean adopted,
        @Nullable Long rows,
        @Nullable Long bytes,
        @Nullable Long version,
        String podId,
        String instanceId,
        Fence fence,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Instant missedFrom,
        @Nullable Instant missedTo,
        long count) {

    /// The attempt that a claimed row stands for.
    static RunRecordBuilder of(TaskRow claimed) {
        return new RunRecordBuilder(claimed);
    }

    RunRecord withReason(String newReason) {
        return new RunRecord(
                runId,
                task,
                schedule,
                dueAt,
                requestedAt,
                attempt,
                startedAt,
                finishedAt,
                outcome,
                settled,
                newReason,
                adopted,
                rows,
                bytes,
                version,
                podId,
                instanceId,
                fence,
                error,
                errorCode,
                missedFrom,
                missedTo,
                count);
    }
}
