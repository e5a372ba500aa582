package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.table.Fence;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the [RunRecord] of the attempt that a claimed row stands for. Confined to one thread.
final class RunRecordBuilder {
    private final TaskRow row;
    private final boolean oneShot;
    private String runId;
    private Fence fence;
    private boolean settled;
    private boolean adopted;
    private @Nullable String reason;
    private @Nullable Long rows;
    private @Nullable Long bytes;
    private @Nullable Long version;
    private @Nullable String error;
    private @Nullable String errorCode;

    RunRecordBuilder(TaskRow row) {
        this.row = row;
        this.oneShot = Claims.isOneShot(row);
        this.runId = Objects.requireNonNull(row.token(), "a claimed row has a token");
        this.fence = Objects.requireNonNull(row.fence(), "a claimed row has a fence");
    }

    RunRecordBuilder settled(boolean value) {
        settled = value;
        return this;
    }

    RunRecordBuilder reason(@Nullable String value) {
        reason = value;
        return this;
    }

    RunRecordBuilder figures(@Nullable Long newRows, @Nullable Long newBytes, @Nullable Long newVersion) {
        rows = newRows;
        bytes = newBytes;
        version = newVersion;
        return this;
    }

    RunRecordBuilder error(ErrorCode code, String message) {
        errorCode = code.name();
        error = message;
        return this;
    }

    /// The run is another one, found in the target.
    RunRecordBuilder adopted(String foundRunId, Fence foundFence) {
        adopted = true;
        runId = foundRunId;
        fence = foundFence;
        return this;
    }

    RunRecord ended(Outcome outcome, Instant finishedAt) {
        return new RunRecord(
                runId,
                row.task(),
                oneShot ? null : row.definedBy(),
                Claims.dueInProgress(row),
                row.servingRequest(),
                Math.max(1, row.attempt()),
                row.claimedAt(),
                Spans.micros(finishedAt),
                outcome,
                settled,
                reason,
                adopted,
                rows,
                bytes,
                version,
                row.podId(),
                Objects.requireNonNullElse(row.instanceId(), ""),
                fence,
                error,
                errorCode,
                null,
                null,
                0);
    }

    /// Due times that the claim, or the run itself, passed over. Of an adopted run they bear the fence of the
    /// claim that was settled, so that of two adopters the later one counts.
    RunRecord passedOver(Outcome outcome, DueRange range, String why, Instant at) {
        return new RunRecord(
                runId,
                row.task(),
                row.definedBy(),
                Claims.dueInProgress(row),
                null,
                0,
                row.claimedAt(),
                Spans.micros(at),
                outcome,
                true,
                why,
                adopted,
                null,
                null,
                null,
                row.podId(),
                Objects.requireNonNullElse(row.instanceId(), ""),
                Objects.requireNonNull(row.fence()),
                null,
                null,
                range.from(),
                range.to(),
                range.count());
    }
}
