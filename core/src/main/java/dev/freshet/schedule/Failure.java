package dev.freshet.schedule;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/// What the ledger says about a run that failed. Only messages written for users are shown: a stranger's exception
/// may quote a secret.
record Failure(ErrorCode code, String message) {
    static Failure of(@Nullable Cancellation cancellation, Throwable thrown, Job job) {
        if (cancellation != null) {
            return new Failure(cancellation.code(), job.task() + ": " + text(cancellation, job));
        }
        if (thrown instanceof FreshetException e) {
            return new Failure(e.code(), String.valueOf(e.getMessage()));
        }
        return new Failure(
                ErrorCode.INTERNAL,
                job.task() + ": a fault of Freshet's own, " + thrown.getClass().getName()
                        + "; please report it with the output of -v");
    }

    static String text(Cancellation why, Job job) {
        return switch (why) {
            case STALLED ->
                "no progress for " + Spans.text(job.stallLimit())
                        + "; look at the source, or raise stall_limit_secs if it needs longer";
            case SHUTDOWN -> "this process was stopped; the work is handed back";
            case LEASE_RAN_OUT -> "the lease could not be renewed in time; another process may have the task";
        };
    }
}
