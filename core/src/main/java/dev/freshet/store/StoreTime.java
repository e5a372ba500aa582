package dev.freshet.store;

import java.time.Instant;

/// What time it is by the clock that dates a store's objects. Whoever compares an object's age with something asks this
/// clock, never that of the machine it runs on.
public final class StoreTime {
    private static final String KEY = "_freshet/clock";

    private StoreTime() {}

    public static Instant now(Store store) {
        store.hint(KEY, new byte[0]);
        return store.stat(KEY)
                .orElseThrow(() -> new MissingObjectException(KEY, KEY + " is gone right after it was written", null))
                .modified();
    }
}
