package dev.freshet.event;

import java.nio.file.Path;
import java.time.Duration;

/// What becomes of an event for which the queue has no room.
public sealed interface FullPolicy {
    /// Events are kept in files on a local disk from the moment on that they are accepted, beyond the queue and beyond
    /// the process's life. When the disk fails or is full the queue takes them, as long as it has room.
    ///
    /// @param folder of all processes of this machine; each has its own below it
    /// @param mostBytes that this process's files may take
    record Spill(Path folder, long mostBytes) implements FullPolicy {
        /// A gigabyte.
        public static final long DEFAULT_BYTES = 1L << 30;
    }

    /// The caller waits for room, but not longer.
    record Block(Duration timeout) implements FullPolicy {}

    /// It is dropped at once.
    record Drop() implements FullPolicy {}
}
