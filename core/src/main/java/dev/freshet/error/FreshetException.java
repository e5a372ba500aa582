package dev.freshet.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The root of every exception that Freshet throws on purpose. The message is written for users: what happened, to
/// which dataset, file or version, why, and what to do. It never contains a secret. Callers that treat one failure
/// differently catch a subclass or look at [#code()], never at the text.
public class FreshetException extends RuntimeException {
    private final ErrorCode code;

    public FreshetException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public FreshetException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    public final ErrorCode code() {
        return code;
    }
}
