package dev.freshet.store;

import dev.freshet.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/// An object that was to be read does not exist: the store was reached and said so.
public final class MissingObjectException extends StoreException {
    private final String key;

    public MissingObjectException(String key, String message, @Nullable Throwable cause) {
        super(ErrorCode.CORRUPT, message, true, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
