package dev.freshet.store;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/// A store that failed, refused or did not answer. Unless it is [#refused()], the operation may have been applied,
/// or may still be: the outcome is not known.
public class StoreException extends FreshetException {
    private final boolean refused;

    StoreException(ErrorCode code, String message, boolean refused, @Nullable Throwable cause) {
        super(code, message, cause);
        this.refused = refused;
    }

    /// The outcome is not known; the same operation may be tried again.
    public static StoreException unknown(String message, @Nullable Throwable cause) {
        return new StoreException(ErrorCode.LAKE_UNREACHABLE, message, false, cause);
    }

    /// Nothing was changed, and trying again will not help until somebody repairs the cause.
    public static StoreException refused(String message, @Nullable Throwable cause) {
        return new StoreException(ErrorCode.LAKE_UNREACHABLE, message, true, cause);
    }

    /// The same, which says first what it put an end to.
    public StoreException during(String work) {
        return new StoreException(code(), work + ": " + getMessage(), refused, this);
    }

    /// True when the operation certainly changed nothing and repeating it is pointless.
    public final boolean refused() {
        return refused;
    }
}
