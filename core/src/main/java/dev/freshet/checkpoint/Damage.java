package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells what is missing or damaged from a store that does not answer, which must never look like it.
final class Damage {
    private Damage() {}

    static FreshetException found(String key, String what) {
        return new FreshetException(ErrorCode.CORRUPT, key + " is damaged: " + what);
    }

    /// Empty when what is to be read is gone or damaged.
    static <T> Optional<T> unless(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// What is wrong, or empty.
    static Optional<String> in(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
