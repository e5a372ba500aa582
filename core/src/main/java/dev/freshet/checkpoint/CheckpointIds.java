package dev.freshet.checkpoint;

import dev.freshet.host.Host;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The ids of checkpoints, which are also the names of their folders: UUIDs of version 7 (RFC 9562).
final class CheckpointIds {
    private static final UUID NIL = new UUID(0, 0);
    private static final Pattern NAME =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private CheckpointIds() {}

    static UUID next(Host host) {
        long high = (host.now().toEpochMilli() << 16) | 0x7000 | (host.random().nextLong() & 0xfff);
        long low = (host.random().nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /// The id that such a name is; empty for a name that we never make.
    static Optional<UUID> of(String name) {
        return NAME.matcher(name).matches() ? Optional.of(UUID.fromString(name)) : Optional.empty();
    }

    static UUID requireNotNil(UUID id) {
        if (id.equals(NIL)) {
            throw new IllegalArgumentException("the nil UUID names no checkpoint");
        }
        return id;
    }
}
