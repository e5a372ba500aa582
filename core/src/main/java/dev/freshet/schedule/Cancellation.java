package dev.freshet.schedule;

import dev.freshet.error.ErrorCode;

/// Why a run was told to end.
enum Cancellation {
    STALLED(ErrorCode.STALLED),
    SHUTDOWN(ErrorCode.CANCELLED),
    LEASE_RAN_OUT(ErrorCode.FENCED);

    private final ErrorCode code;

    Cancellation(ErrorCode code) {
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
