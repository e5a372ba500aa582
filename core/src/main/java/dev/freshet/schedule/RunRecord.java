package dev.freshet.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the run ledger: an attempt that ended, or a range of due times that nobody ran. `runId` is the token
/// of the claim; a range bears the id of the run that recorded it. `settled` says that no further attempt follows.
/// `errorCode` is an [dev.freshet.error.ErrorCode]'s name.
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
        long fenceEpoch,
        long fenceVersion,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Instant missedFrom,
        @Nullable Instant missedTo,
        long count) {}
