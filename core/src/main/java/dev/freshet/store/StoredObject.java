package dev.freshet.store;

import java.time.Instant;

/// One object of a store as a listing shows it. The time is the store's own and is only ever compared with other
/// times of the same store.
///
/// @param key the whole key, from the lake's root
/// @param size bytes
public record StoredObject(String key, long size, Instant modified) {
    /// The last segment of the key.
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
