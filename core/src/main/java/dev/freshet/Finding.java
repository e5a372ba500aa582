package dev.freshet;

import dev.freshet.error.ErrorCode;
import java.util.Optional;

/// One thing that was examined: how it is, and what to do where it is not well. `code` says what kind of failure a
/// broken thing is.
public record Finding(String check, Health health, String detail, String remedy, Optional<ErrorCode> code) {
    /// How well something is.
    public enum Health {
        /// As it should be.
        OK,
        /// Works, but should be looked at.
        DOUBTFUL,
        /// Does not work.
        BROKEN
    }

    /// Nothing to do.
    public static Finding ok(String check, String detail) {
        return new Finding(check, Health.OK, detail, "", Optional.empty());
    }

    static Finding doubtful(String check, String detail, String remedy) {
        return new Finding(check, Health.DOUBTFUL, detail, remedy, Optional.empty());
    }

    static Finding broken(String check, String detail, String remedy, ErrorCode code) {
        return new Finding(check, Health.BROKEN, detail, remedy, Optional.of(code));
    }
}
